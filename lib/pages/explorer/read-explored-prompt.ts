import { z } from "zod";
import { ON_BOARD } from "@/lib/boards/board-models";
import { promptSetsOf } from "@/lib/boards/board-prompts";
import { findBoard } from "@/lib/boards/find-board";
import { db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { SampleState } from "@/lib/db/generated/enums";
import { SalonError } from "@/lib/errors";
import {
  disputes,
  markedSamples,
  newestGrade,
  NEWEST_QUESTIONS,
  speaksOn,
  type Explored,
} from "@/lib/pages/explorer/sample-marks";
import { lookedAt } from "@/lib/prompts/shown-states";
import type { ExploredPrompt, ExploredSample } from "@/lib/schemas/explorer";
import { SAMPLE_MARKS, type SampleMark } from "@/lib/schemas/sample-marks";
import { sampleAddress } from "@/lib/schemas/sample-address";

/** Models a page. */
const PAGE = 24;
const DISPUTES = 20;

/**
 * One prompt outside the arena by a board's models, ranked ones best first: each one's newest sample, or why there is none, and what
 * graders, judges and people say of it.
 * @param ask.only models whose sample has this mark
 * @param ask.after slug of the last model of the page before
 * @throws SalonError "not_found" for an unknown board or model, and for a prompt that it does not have, that is in the arena, or that
 *   not everyone may see
 */
export async function readExploredPrompt(
  ask: { board: string; promptId: string; only?: SampleMark; after?: string },
  tx: Tx = db(),
): Promise<ExploredPrompt> {
  const board = await findBoard(ask.board, tx);
  const prompt = await tx.prompt.findFirst({
    where: {
      id: ask.promptId,
      promptSetId: { in: await promptSetsOf(board, tx) },
      arena: false,
      erasedAt: null,
    },
    select: { id: true, text: true, category: true },
  });
  if (prompt === null || board.seenBy !== "EVERYONE")
    throw new SalonError("not_found", "This board shows no such prompt.", { field: "prompt" });
  const of = { boardId: board.id, promptIds: [prompt.id] };
  const marks = await readMarks(of, tx);
  const only = ask.only && [...marks].filter(([, each]) => each.has(ask.only!)).map(([id]) => id);
  const rows = await readModels({ boardId: board.id, promptId: prompt.id, only, after: ask.after }, tx);
  const samples = rows.slice(0, PAGE);
  const judged = await readVerdicts(board.id, samples, tx);
  return {
    prompt: { promptId: prompt.id, text: prompt.text, category: prompt.category },
    samples: samples.map((row) => viewOf(row, judged.get(row.sampleId ?? "") ?? [], marks.get(row.modelId))),
    disputes: await readDisputes(of, tx),
    next: rows.length > PAGE ? samples[PAGE - 1].slug : null,
  };
}

/** By model, what is odd about its sample. */
async function readMarks(of: Explored, tx: Tx): Promise<Map<string, Set<SampleMark>>> {
  const marks = new Map<string, Set<SampleMark>>();
  for (const mark of SAMPLE_MARKS) {
    const rows = await tx.$queryRaw<{ modelId: string }[]>`
      select model_id as "modelId" from (${markedSamples(mark, of)}) marked`;
    for (const { modelId } of rows) marks.set(modelId, (marks.get(modelId) ?? new Set()).add(mark));
  }
  return marks;
}

interface Row {
  modelId: string;
  slug: string;
  name: string;
  rank: number | null;
  sampleId: string | null;
  state: SampleState | null;
  latencyMs: number | null;
  allCorrect: boolean | null;
  grade: unknown;
  failure: ExploredSample["failure"];
}

/** A page of the board's models with their samples: models are put in order, samples looked up for those of the page alone. */
async function readModels(
  of: { boardId: string; promptId: string; only?: string[]; after?: string },
  tx: Tx,
): Promise<Row[]> {
  const { boardId, promptId, only, after } = of;
  if (after !== undefined && (await tx.model.count({ where: { slug: after } })) === 0)
    throw new SalonError("not_found", `There is no model ${JSON.stringify(after)}.`, { field: "after" });
  return tx.$queryRaw<Row[]>`
    with standing as (
      select m.id, m.slug, m.name, r.rank, case when r.rank is null then 'infinity' else -r.rating end as place
      from board_models x
      join boards b on b.id = x.board_id
      join models m on m.id = x.model_id and ${ON_BOARD}
      left join rating_snapshot_rows r on r.model_id = m.id and r.snapshot_id = (
        select id from rating_snapshots where board_id = ${boardId} and category = '' and control = ''
        order by created_at desc, id desc limit 1)
      where x.board_id = ${boardId}
    ), page as (
      select * from standing
      where ${only === undefined ? Prisma.sql`true` : Prisma.sql`id = any (${only})`}
        and (${after ?? null}::text is null
          or (place, id) > (select place, id from standing where slug = ${after ?? ""}))
      order by place, id limit ${PAGE + 1}
    )
    select page.id as "modelId", page.slug, page.name, page.rank, s.id as "sampleId", s.state, s.latency_ms as "latencyMs",
      g.all_correct as "allCorrect", g.result as grade, f.code as failure
    from page
    left join lateral (
      select s.id, s.state, s.latency_ms, s.artifact_hash, s.prompt_id from samples s
      join runs r on r.id = s.run_id and r.superseded_at is null
      where s.prompt_id = ${promptId} and s.model_id = page.id and ${lookedAt()}
      order by s.id desc limit 1) s on true
    left join lateral ${newestGrade("s")} g on true
    left join lateral (
      select f.code from sample_failures f
      join runs r on r.id = f.run_id and r.superseded_at is null
      where s.id is null and f.prompt_id = ${promptId} and r.model_id = page.id
      order by f.created_at desc limit 1) f on true
    order by page.place, page.id`;
}

async function readVerdicts(
  boardId: string,
  rows: readonly Row[],
  tx: Tx,
): Promise<Map<string, ExploredSample["judges"]>> {
  const ids = rows.flatMap(({ sampleId }) => sampleId ?? []);
  const verdicts = await tx.$queryRaw<{ sampleId: string; judges: ExploredSample["judges"] }[]>`
    select v.sample_id as "sampleId",
      json_agg(json_build_object('judge', j.name, 'rubric', v.rubric, 'score', v.score) order by j.slug, v.rubric) as judges
    from judge_sample_verdicts v
    join judges j on j.id = v.judge_id and ${speaksOn(boardId)}
    where v.sample_id = any (${ids}) and ${NEWEST_QUESTIONS}
    group by v.sample_id`;
  return new Map(verdicts.map(({ sampleId, judges }) => [sampleId, judges]));
}

/** A grade as either grader writes it: what it looked at, each right, wrong, or (null) not said by the prompt. */
const storedGrade = z.record(z.string(), z.unknown());

function viewOf(row: Row, judges: ExploredSample["judges"], marks = new Set<SampleMark>()): ExploredSample {
  const { slug, name, rank, sampleId, state, latencyMs, allCorrect, grade, failure } = row;
  const wrong = Object.entries(storedGrade.safeParse(grade).data ?? {})
    .filter(([part, is]) => part !== "allCorrect" && is === false)
    .map(([part]) => part);
  return {
    model: { slug, name },
    rank,
    image: sampleId === null || state === null ? null : sampleAddress({ id: sampleId, state }),
    failure,
    latencyMs,
    grade: allCorrect === null ? null : { allCorrect, wrong },
    judges,
    marks: SAMPLE_MARKS.filter((mark) => marks.has(mark)),
  };
}

type Side = ExploredPrompt["disputes"][number]["people"];

async function readDisputes(of: Explored, tx: Tx): Promise<ExploredPrompt["disputes"]> {
  const rows = await tx.$queryRaw<
    {
      first: Side;
      second: Side;
      won: number;
      lost: number;
      even: number;
      judge: string;
      preference: number;
    }[]
  >`
    select json_build_object('slug', l.slug, 'name', l.name) as first, json_build_object('slug', r.slug, 'name', r.name) as second,
      d.won::int, d.lost::int, d.even::int, d.judge, d.preference
    from (${disputes(of)}) d
    join models l on l.id = d.first_model
    join models r on r.id = d.second_model
    order by abs(d.margin) desc, abs(d.preference - 0.5) desc, l.id, r.id, d.judge limit ${DISPUTES}`;
  return rows.map(({ first, second, won, lost, even, judge, preference }) =>
    won > lost
      ? {
          ...{ people: first, judges: second, judge, preference: 1 - preference },
          votes: { for: won, against: lost, even },
        }
      : { people: second, judges: first, judge, preference, votes: { for: lost, against: won, even } },
  );
}
