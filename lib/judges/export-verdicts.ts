import { standing } from "@/lib/boards/board-models";
import { isSetOf, promptSetsOf } from "@/lib/boards/board-prompts";
import { requireBoard } from "@/lib/boards/require-board";
import { db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { JudgeChoice, NoVerdictReason } from "@/lib/db/generated/enums";
import { judgeSeenBy } from "@/lib/judges/judge-scope";
import type { Asker } from "@/lib/models/visibility";
import { heldBackFrom, type HeldBack } from "@/lib/prompts/held-back-samples";
import { promptPages } from "@/lib/prompts/prompt-pages";
import { tableFile, type Column, type TableExport, type TableFormat } from "@/lib/tables/table-file";

/** Prompts a page: all verdicts on samples of so many are held in memory. */
const PAGE = 5;

/** What a judge said, or why it said nothing, of one sample (A alone) or of two in one order. */
export interface VerdictRow {
  kind: "sample" | "pair";
  /** Slug and maker. */
  judge: string;
  judge_creator: string;
  rubric: string;
  question_set_version: number;
  prompt_key: string;
  prompt: string;
  category: string;
  /** Of a pair, A was shown first. */
  model_a: string;
  run_a: string;
  sample_a: string;
  model_b: string | null;
  run_b: string | null;
  sample_b: string | null;
  /** Of a pair: 1 where A's id sorts before B's, 2 for the same pair shown the other way round. */
  order: 1 | 2 | null;
  /** Of a sample, 0 to 1; null without a verdict. */
  score: number | null;
  /** Of a pair; null without a verdict. */
  choice: "A" | "B" | "both_good" | "both_bad" | null;
  /** Of a pair: P(A is better) + P(neither) / 2, 0 to 1; null without a verdict. */
  preference: number | null;
  /** Why there is no verdict; null: there is one. */
  no_verdict: NoVerdictReason | null;
  /** The reason in a sentence, and US dollars: null for whoever does not control the judge. */
  message: string | null;
  cost_usd: number | null;
  /** ISO 8601. */
  created_at: string;
}

const COLUMNS: Column<VerdictRow>[] = [
  { name: "kind", type: "text" },
  { name: "judge", type: "text" },
  { name: "judge_creator", type: "text" },
  { name: "rubric", type: "text" },
  { name: "question_set_version", type: "integer" },
  { name: "prompt_key", type: "text" },
  { name: "prompt", type: "text" },
  { name: "category", type: "text" },
  { name: "model_a", type: "text" },
  { name: "run_a", type: "text" },
  { name: "sample_a", type: "text" },
  { name: "model_b", type: "text" },
  { name: "run_b", type: "text" },
  { name: "sample_b", type: "text" },
  { name: "order", type: "integer" },
  { name: "score", type: "number" },
  { name: "choice", type: "text" },
  { name: "preference", type: "number" },
  { name: "no_verdict", type: "text" },
  { name: "message", type: "text" },
  { name: "cost_usd", type: "number" },
  { name: "created_at", type: "text" },
];

/**
 * All that judges said of the samples of a board's prompts by the models that stand on it, prompt by prompt: first of samples, then of
 * pairs. Verdicts belong to the samples, so two boards over the same prompts share them. Calls without a verdict are rows with the
 * reason. A visitor's judge that was not admitted speaks to its owner alone; tries on canaries are no verdicts.
 * @throws SalonError "not_found" for an unknown board, or one that who asks may not see
 */
export async function exportVerdicts(
  ask: { board: string; format: TableFormat; by: Asker },
  tx: Tx = db(),
): Promise<TableExport> {
  const board = await requireBoard({ slug: ask.board, by: ask.by, to: "see" }, tx);
  const heldBack = await heldBackFrom(board, ask.by, tx);
  const of = { board, heldBack, by: ask.by };
  return {
    pieces: tableFile(ask.format, COLUMNS, readPages(of, tx)),
    heldBack: ask.by === "operator" ? 0 : await countHeldBack(of, tx),
  };
}

type Of = { board: { id: string; promptSetId: string }; heldBack: HeldBack; by: Asker };

/** SQL: what is said of samples `sa` on prompts `p` of the board `b`, by models `l` that stand on it and judges `j` that somebody may know of. */
const sampleVerdicts = ({ board, by }: Of) => Prisma.sql`
  from prompts p
  join boards b on b.id = ${board.id}
  join samples sa on sa.prompt_id = p.id and sa.run_id is not null
  join models l on l.id = sa.model_id and ${standing("l")}
  join judge_sample_verdicts v on v.sample_id = sa.id
  join judges j on j.id = v.judge_id and ${seenBy(by)}
  where ${isSetOf(Prisma.sql`p.prompt_set_id`)}`;

/** SQL: the same of pairs, with the samples `sb` of models `r`. */
const pairVerdicts = ({ board, by }: Of) => Prisma.sql`
  from prompts p
  join boards b on b.id = ${board.id}
  join samples sa on sa.prompt_id = p.id and sa.run_id is not null
  join models l on l.id = sa.model_id and ${standing("l")}
  join judge_pair_verdicts v on v.a_sample_id = sa.id
  join samples sb on sb.id = v.b_sample_id and sb.run_id is not null
  join models r on r.id = sb.model_id and ${standing("r")}
  join judges j on j.id = v.judge_id and ${seenBy(by)}
  where ${isSetOf(Prisma.sql`p.prompt_set_id`)}`;

const seenBy = (by: Asker) => (by === "operator" ? Prisma.sql`true` : judgeSeenBy(by.voterId));

/** SQL: whether somebody may know what the judge in row j costs and what its endpoint said (controlsJudge). */
const controls = (by: Asker) =>
  by === "operator" ? Prisma.sql`true` : Prisma.sql`coalesce(j.owner_id = ${by.voterId}, false)`;

async function countHeldBack(of: Of, tx: Tx): Promise<number> {
  const { heldBack } = of;
  const [{ n }] = await tx.$queryRaw<[{ n: number }]>`
    select ((select count(*) ${sampleVerdicts(of)} and ${heldBack("l")})
      + (select count(*) ${pairVerdicts(of)} and (${heldBack("l")} or ${heldBack("r")})))::int as n`;
  return n;
}

type Read = Omit<VerdictRow, "choice" | "created_at"> & { choice: JudgeChoice | null; created_at: Date };

const COST = Prisma.sql`(select cost_usd from judge_calls where id = v.call_id)`;

/** SQL: the columns that verdicts of samples and of pairs share. */
const shared = (by: Asker) => Prisma.sql`
  j.slug as judge, j.creator as judge_creator, v.rubric, p.key as prompt_key, p.text as prompt, p.category,
  l.slug as model_a, sa.run_id as run_a, sa.id as sample_a, v.no_verdict,
  case when ${controls(by)} then v.message end as message,
  case when ${controls(by)} then ${COST}::float8 end as cost_usd, v.created_at`;

async function* readPages(of: Of, tx: Tx): AsyncGenerator<VerdictRow[]> {
  const { board, heldBack, by } = of;
  for await (const ids of promptPages(await promptSetsOf(board, tx), PAGE, tx)) {
    const ofSamples = await tx.$queryRaw<Read[]>`
      select 'sample' as kind, v.question_set_version, v.score, ${shared(by)}
      ${sampleVerdicts(of)} and p.id = any (${ids}) and not ${heldBack("l")}
      order by p.index, sa.id, j.slug, v.rubric, v.question_set_version`;
    yield ofSamples.map(rowOf);
    const ofPairs = await tx.$queryRaw<Read[]>`
      select 'pair' as kind, 0 as question_set_version, r.slug as model_b, sb.run_id as run_b, sb.id as sample_b,
        case when sa.id < sb.id then 1 else 2 end as "order", v.choice, v.preference, ${shared(by)}
      ${pairVerdicts(of)} and p.id = any (${ids}) and not ${heldBack("l")} and not ${heldBack("r")}
      order by p.index, least(sa.id, sb.id), greatest(sa.id, sb.id), j.slug, v.rubric, sa.id > sb.id`;
    yield ofPairs.map(rowOf);
  }
}

const CHOICES = { A: "A", B: "B", BOTH_GOOD: "both_good", BOTH_BAD: "both_bad" } as const;

/** A row with every column in the table's order. */
function rowOf(row: Read): VerdictRow {
  return {
    kind: row.kind,
    judge: row.judge,
    judge_creator: row.judge_creator,
    rubric: row.rubric,
    question_set_version: row.question_set_version,
    prompt_key: row.prompt_key,
    prompt: row.prompt,
    category: row.category,
    model_a: row.model_a,
    run_a: row.run_a,
    sample_a: row.sample_a,
    model_b: row.model_b ?? null,
    run_b: row.run_b ?? null,
    sample_b: row.sample_b ?? null,
    order: row.order ?? null,
    score: row.score ?? null,
    choice: row.choice ? CHOICES[row.choice] : null,
    preference: row.preference ?? null,
    no_verdict: row.no_verdict,
    message: row.message,
    cost_usd: row.cost_usd,
    created_at: row.created_at.toISOString(),
  };
}
