import { db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";
import { judgeSeenBy } from "@/lib/judges/judge-scope";
import { maySee, type Viewer } from "@/lib/models/visibility";
import { MAY_BE_NAMED } from "@/lib/prompts/named-samples";
import { sampleClips } from "@/lib/runs/sample-clips";
import { sourcesFor } from "@/lib/prompts/prompt-images";
import type { BesideSort, RunsBeside } from "@/lib/schemas/run-beside";
import type { SampleState } from "@/lib/db/generated/enums";
import { lookedAt } from "@/lib/prompts/shown-states";
import { sampleAddress } from "@/lib/schemas/sample-address";

/** Common prompts a page, and samples of one prompt and run that are shown. */
const PAGE = 12;
const SAMPLES = 4;

type Ask = {
  runId: string;
  against: string;
  voterId: string | null;
  runsSite?: boolean;
  managesAll?: boolean;
  category?: string;
  sort: BesideSort;
  offset: number;
};
type Found = {
  id: string;
  key: string;
  text: string;
  category: string;
  sourceArtifacts: string[];
  disagreement: number | null;
  total: number;
};
type Shown = RunsBeside["prompts"][number]["first"][number];
type Stored = { id: string; state: SampleState; video: unknown; view: Shown };

/**
 * A page of the prompts that two runs have both answered, with the samples of each beside each other. Both runs have to be visible to
 * who asks, and of their samples only those count that may be named (lib/prompts/named-samples.ts).
 * @throws SalonError "not_found"
 */
export async function readBeside(ask: Ask, tx: Tx = db()): Promise<RunsBeside> {
  const { offset } = ask;
  const first = await readSide(ask.runId, ask, tx);
  const second = await readSide(ask.against, ask, tx);
  const categories = await tx.$queryRaw<{ category: string }[]>`
    ${common(ask)} select distinct p.category from common join prompts p on p.id = common.prompt_id order by 1`;
  const found = await readPrompts(ask, tx);
  const samples = await readSamples(ask, found, tx);
  const sources = sourcesFor(first.promptSet, ask);
  const of = (runId: string, promptId: string) => samples.get(`${runId} ${promptId}`) ?? [];
  const shown = (found: readonly Stored[]) => found.map(({ view }) => view);
  return {
    first: { runId: first.runId, model: first.model },
    second: { runId: second.runId, model: second.model },
    categories: categories.map(({ category }) => category),
    total: found[0]?.total ?? 0,
    offset,
    pageSize: PAGE,
    prompts: found.map(({ id, key, text, category, sourceArtifacts, disagreement }) => {
      const [ofFirst, ofSecond] = [of(ask.runId, id), of(ask.against, id)];
      return {
        ...{ key, text, category, disagreement },
        sources: sources({ id, sourceArtifacts }),
        first: shown(ofFirst),
        second: shown(ofSecond),
        clips: sampleClips(ofFirst, ofSecond),
      };
    }),
  };
}

/** SQL: samples of the two runs that may be named, and the prompts on which both have some. */
const common = ({ runId, against }: Ask) => Prisma.sql`
  with shown as (
    select s.id, s.run_id, s.prompt_id, s.index, s.artifact_hash, s.state
    from samples s join prompts p on p.id = s.prompt_id join models m on m.id = s.model_id
    where s.run_id in (${runId}, ${against}) and ${MAY_BE_NAMED} and ${lookedAt()}
  ), common as (
    select prompt_id from shown group by 1 having count(distinct run_id) = 2
  )`;

async function readPrompts(ask: Ask, tx: Tx): Promise<Found[]> {
  const { runId, against, voterId, category, sort, offset } = ask;
  const order = sort === "disagreement" ? Prisma.sql`disagreement desc nulls last,` : Prisma.empty;
  return tx.$queryRaw<Found[]>`
    ${common(ask)}, by_judge as (
      select shown.prompt_id, abs(avg(v.score) filter (where shown.run_id = ${runId})
        - avg(v.score) filter (where shown.run_id = ${against})) as difference
      from shown
      join judge_sample_verdicts v on v.sample_id = shown.id and v.score is not null
      join judges j on j.id = v.judge_id and ${judgeSeenBy(voterId)}
      group by shown.prompt_id, v.judge_id, v.rubric, v.question_set_version
    ), disagreements as (
      select prompt_id, avg(difference) as disagreement from by_judge group by 1
    )
    select p.id, p.key, p.text, p.category, p.source_artifacts as "sourceArtifacts", d.disagreement, (count(*) over ())::int as total
    from common join prompts p on p.id = common.prompt_id
    left join disagreements d on d.prompt_id = p.id
    where ${category === undefined ? Prisma.sql`true` : Prisma.sql`p.category = ${category}`}
    order by ${order} p.index
    limit ${PAGE} offset ${offset}`;
}

/** The samples of some prompts, by "run prompt". */
async function readSamples(ask: Ask, prompts: Found[], tx: Tx): Promise<Map<string, Stored[]>> {
  const ids = prompts.map(({ id }) => id);
  const rows = await tx.$queryRaw<
    {
      id: string;
      state: SampleState;
      video: unknown;
      runId: string;
      promptId: string;
      judges: Shown["judges"];
      allCorrect: boolean | null;
    }[]
  >`
    ${common(ask)}
    select shown.id, shown.state, a.video, shown.run_id as "runId", shown.prompt_id as "promptId",
      (select g.all_correct from grades g where g.artifact_hash = shown.artifact_hash and g.prompt_id = shown.prompt_id
        order by g.grader_id desc limit 1) as "allCorrect",
      coalesce((
        select json_agg(json_build_object('judge', j.name, 'rubric', v.rubric, 'score', v.score) order by j.slug, v.rubric)
        from judge_sample_verdicts v join judges j on j.id = v.judge_id and ${judgeSeenBy(ask.voterId)}
        where v.sample_id = shown.id and v.score is not null
      ), '[]'::json) as judges
    from shown join artifacts a on a.sha256 = shown.artifact_hash
    where shown.prompt_id = any (${ids}) and shown.index < ${SAMPLES}
    order by shown.index`;
  const samples = new Map<string, Stored[]>();
  for (const { id, state, video, runId, promptId, judges, allCorrect } of rows) {
    const key = `${runId} ${promptId}`;
    const view = { sampleId: id, url: sampleAddress({ id, state }), judges, allCorrect };
    samples.set(key, [...(samples.get(key) ?? []), { id, state, video, view }]);
  }
  return samples;
}

async function readSide(runId: string, by: Viewer, tx: Tx) {
  const run = await tx.run.findUnique({
    where: { id: runId },
    select: {
      model: { select: { name: true, listed: true, submitterId: true } },
      promptSet: { select: { ownerId: true, listed: true } },
    },
  });
  if (!run || !maySee(run.model, by)) throw new SalonError("not_found", "There is no such run.");
  return { runId, model: run.model.name, promptSet: run.promptSet };
}
