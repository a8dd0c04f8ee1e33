import { requireComparison } from "@/lib/comparisons/require-comparison";
import { namedRuns } from "@/lib/comparisons/run-names";
import { shownSamples } from "@/lib/comparisons/shown-samples";
import { db, type Tx } from "@/lib/db/client";
import { Prisma, type Comparison } from "@/lib/db/generated/client";
import type { SampleState } from "@/lib/db/generated/enums";
import { SalonError } from "@/lib/errors";
import { judgeSeenBy } from "@/lib/judges/judge-scope";
import { sourcesFor } from "@/lib/prompts/prompt-images";
import { sampleClips } from "@/lib/runs/sample-clips";
import type { ComparedPrompts, Disagreement } from "@/lib/schemas/comparisons";

/** Prompts a page, and samples of one prompt and run that are shown. */
const PAGE = 20;
const SAMPLES = 4;

type Ask = {
  comparisonId: string;
  voterId: string | null;
  first: string;
  second: string;
  category?: string;
  disagreement: Disagreement;
  offset: number;
};
type Shown = { id: string; state: SampleState; video: unknown; runId: string; promptId: string };
type Row = {
  id: string;
  key: string;
  text: string;
  category: string;
  sourceArtifacts: string[];
  people: number | null;
  votes: number;
  judges: number | null;
  judged: number;
  metrics: number | null;
  graded: number;
  total: number;
};

/**
 * Two runs of a comparison prompt by prompt: what people, judges and the grader say of each, those first on which they differ most. A prompt's
 * metric is the grader's word alone: Fréchet distances and their like are of whole sets.
 * @throws SalonError not_found, for a run that is not in the comparison too
 */
export async function readComparedPrompts(ask: Ask, tx: Tx = db()): Promise<ComparedPrompts> {
  const comparison = await requireComparison({ ...ask, to: "own" }, tx);
  const runs = await namedRuns(comparison, tx);
  const [first, second] = [ask.first, ask.second].map((id) => runs.find(({ runId }) => runId === id));
  if (first === undefined || second === undefined || first === second) {
    throw new SalonError("not_found", "There is no such run in this comparison.");
  }
  const standings = standingsOf(comparison, ask);
  const categories = await tx.$queryRaw<{ category: string }[]>`
    with ${standings} select distinct category from standings order by 1`;
  const rows = await tx.$queryRaw<Row[]>`
    with ${standings} select *, (count(*) over ())::int as total from standings
    where ${ask.category === undefined ? Prisma.sql`true` : Prisma.sql`category = ${ask.category}`} and ${DISAGREES[ask.disagreement]}
    order by ${WIDEST[ask.disagreement]} position
    limit ${PAGE} offset ${ask.offset}`;
  const samples = await readSamples(comparison, rows, tx);
  const { promptSet } = await tx.run.findUniqueOrThrow({
    where: { id: first.runId },
    select: { promptSet: { select: { ownerId: true, listed: true } } },
  });
  const sources = sourcesFor(promptSet, { voterId: ask.voterId });
  const of = (runId: string, promptId: string) =>
    samples.filter((sample) => sample.runId === runId && sample.promptId === promptId);
  const shown = (found: readonly Shown[]) =>
    found.map(({ id }) => ({ sampleId: id, url: `/media/samples/${id}` }));
  return {
    first: { runId: first.runId, name: first.name },
    second: { runId: second.runId, name: second.name },
    categories: categories.map(({ category }) => category),
    total: rows[0]?.total ?? 0,
    offset: ask.offset,
    pageSize: PAGE,
    prompts: rows.map((row) => ({
      ...{ key: row.key, text: row.text, category: row.category },
      sources: sources(row),
      first: shown(of(ask.first, row.id)),
      second: shown(of(ask.second, row.id)),
      clips: sampleClips(of(ask.first, row.id), of(ask.second, row.id)),
      people: standing(row.people, row.votes),
      judges: standing(row.judges, row.judged),
      metrics: standing(row.metrics, row.graded),
    })),
  };
}

const standing = (value: number | null, n: number) => (value === null ? null : { value, n });

/** How far people are from even, from -1/2 to 1/2. */
const PEOPLE = Prisma.sql`(people - 0.5)`;

/** SQL: two of the three speak for different runs. */
const DISAGREES = {
  all: Prisma.sql`true`,
  "people-judges": Prisma.sql`${PEOPLE} * judges < 0`,
  "people-metrics": Prisma.sql`${PEOPLE} * metrics < 0`,
  "judges-metrics": Prisma.sql`judges * metrics < 0`,
} as const satisfies Record<Disagreement, Prisma.Sql>;

/** SQL: those first on which the two are the farthest apart; all, in the prompt set's order. */
const WIDEST = {
  all: Prisma.empty,
  "people-judges": Prisma.sql`abs(${PEOPLE}) + abs(judges) desc,`,
  "people-metrics": Prisma.sql`abs(${PEOPLE}) + abs(metrics) desc,`,
  "judges-metrics": Prisma.sql`abs(judges) + abs(metrics) desc,`,
} as const satisfies Record<Disagreement, Prisma.Sql>;

/** SQL: `standings`, a row for each prompt that both runs have shown samples of. */
const standingsOf = (comparison: Comparison, { first, second, voterId }: Ask): Prisma.Sql => Prisma.sql`
  ${shownSamples(comparison)}, common as (
    select prompt_id from shown where run_id in (${first}, ${second}) group by 1 having count(distinct run_id) = 2
  ), of_people as (
    select prompt_id, count(*)::int as votes, avg(case when outcome not in ('LEFT', 'RIGHT') then 0.5
      when ((outcome = 'LEFT') = first_is_left) = (first_run_id = ${first}) then 1 else 0 end)::float8 as people
    from comparison_votes
    where comparison_id = ${comparison.id} and outcome is not null
      and ((first_run_id = ${first} and second_run_id = ${second}) or (first_run_id = ${second} and second_run_id = ${first}))
    group by 1
  ), by_judge as (
    select shown.prompt_id, avg(v.score) filter (where shown.run_id = ${first})
      - avg(v.score) filter (where shown.run_id = ${second}) as difference
    from shown
    join judge_sample_verdicts v on v.sample_id = shown.id and v.score is not null
    join judges j on j.id = v.judge_id and ${judgeSeenBy(voterId)}
    where shown.run_id in (${first}, ${second})
    group by shown.prompt_id, v.judge_id, v.rubric, v.question_set_version
  ), of_judges as (
    select prompt_id, avg(difference)::float8 as judges, count(difference)::int as judged from by_judge group by 1
  ), of_grader as (
    select prompt_id, (avg(right_share) filter (where run_id = ${first})
      - avg(right_share) filter (where run_id = ${second}))::float8 as metrics, count(*)::int as graded
    from (
      select shown.prompt_id, shown.run_id, (select g.all_correct::int from grades g
        where g.artifact_hash = shown.artifact_hash and g.prompt_id = shown.prompt_id
        order by g.grader_id desc limit 1) as right_share
      from shown where shown.run_id in (${first}, ${second})
    ) as graded where right_share is not null group by 1
  ), standings as (
    select p.id, p.key, p.text, p.category, p.index as position, p.source_artifacts as "sourceArtifacts", people, coalesce(votes, 0) as votes,
      judges, coalesce(judged, 0) as judged, metrics, coalesce(graded, 0) as graded
    from common join prompts p on p.id = common.prompt_id
    left join of_people on of_people.prompt_id = p.id
    left join of_judges on of_judges.prompt_id = p.id
    left join of_grader on of_grader.prompt_id = p.id
  )`;

function readSamples(comparison: Comparison, prompts: readonly Row[], tx: Tx): Promise<Shown[]> {
  return tx.$queryRaw`
    with ${shownSamples(comparison)} select s.id, s.state, a.video, shown.run_id as "runId", shown.prompt_id as "promptId"
    from shown join samples s on s.id = shown.id join artifacts a on a.sha256 = shown.artifact_hash
    where shown.prompt_id = any (${prompts.map(({ id }) => id)}) and shown.index < ${SAMPLES} order by shown.index`;
}
