import type { Tx } from "@/lib/db/client";
import { readJudgeScores } from "@/lib/judges/read-judge-scores";
import { bestRuns } from "@/lib/runs/best-runs";
import { MEDIAN_LATENCY } from "@/lib/scores/median-latency";
import { metricColumns, type CellScore, type MetricColumn } from "@/lib/scores/metric-columns";
import { storedCaveat, type StoredCaveat } from "@/lib/schemas/metrics/caveat";
import type { Protocol } from "@/lib/metrics/protocol";
import type { BoardMetricValue, MetricValue } from "@/lib/schemas/metric-values";

/** What a model's best run says of it. */
export type ModelFacts = {
  runId: string;
  metrics: Record<string, BoardMetricValue>;
  medianLatencyMs: number | null;
  /** What input forensics found in its files; null: not looked at yet. */
  files: "clean" | "look" | "bad" | null;
};

/** A stored score as far as a board needs it. */
export type StoredScore = CellScore & {
  value: number;
  low: number | null;
  high: number | null;
  caveat: StoredCaveat | null;
  /** Of a run that is still going on. */
  soFar: boolean;
};

export type MetricColumns = Map<string, MetricColumn<StoredScore>>;

/**
 * Metrics and latency of models by id, from each one's best run, and what the metrics of these models have in common: a value
 * of another protocol than its column's is marked as not comparable.
 * @param board the runs that speak for them there; null: over any prompts
 */
export async function readModelFacts(
  modelIds: string[],
  board: { id: string; promptSetId: string } | null,
  tx: Tx,
): Promise<{ facts: Map<string, ModelFacts>; columns: MetricColumns }> {
  const { runs, columns, cells, wanted } = await readModelCells(modelIds, board, tx);
  const ids = runs.map(({ runId }) => runId);
  const more = await tx.$queryRaw<
    { runId: string; medianLatencyMs: number | null; files: ModelFacts["files"] }[]
  >`
    select r.id as "runId", e.badge as files, ${MEDIAN_LATENCY} as "medianLatencyMs"
    from runs r left join run_examinations e on e.run_id = r.id
    where r.id = any (${ids})`;
  const moreOf = new Map(more.map((each) => [each.runId, each]));
  const judged = await readJudgeScores(ids, null, tx, board?.id);
  const isOfBoard = (name: string) => wanted === null || wanted.isJudge(name);
  const facts = runs.map(({ runId, modelId }, i): [string, ModelFacts] => {
    const facts = moreOf.get(runId);
    const metrics = [...cells[i]].map(([metric, { score, isComparable: comparable }]) => {
      const { value, low, high, n, protocolHash: protocol, promptsHash, caveat, soFar } = score;
      const commonPrompts = promptsHash !== "" && !soFar;
      return [metric, { value, low, high, n, protocol, caveat, comparable, commonPrompts, soFar }] as const;
    });
    return [
      modelId,
      {
        runId,
        // A judge's mean is not biased by n, and its name says judge, rubric and questions: there is one protocol a column.
        metrics: { ...Object.fromEntries(metrics), ...asComparable(judged.get(runId) ?? {}, isOfBoard) },
        medianLatencyMs: facts?.medianLatencyMs ?? null,
        files: facts?.files ?? null,
      },
    ];
  });
  return { facts: new Map(facts), columns };
}

/** The scores that models by id show on a board, from each one's best run, and what those of a metric share. */
export async function readModelCells(
  modelIds: string[],
  board: { id: string; promptSetId: string } | null,
  tx: Tx,
) {
  const runs = await bestRuns(modelIds, board, tx, { soFar: true });
  const ids = runs.map(({ runId }) => runId);
  const wanted = await boardMetrics(board, tx);
  const results = (
    await tx.metricResult.findMany({
      where: { runId: { in: ids } },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    })
  ).filter(({ protocol }) => wanted === null || wanted.isChosen(protocol as unknown as Protocol));
  const byRun = new Map<string, typeof results>(ids.map((id) => [id, []]));
  for (const result of results) byRun.get(result.runId)?.push(result);
  const scores = ids.map((id): StoredScore[] =>
    byRun.get(id)!.map(({ protocol, caveat, ...score }) => ({
      ...score,
      protocol: protocol as unknown as Protocol,
      caveat: storedCaveat.nullable().parse(caveat),
    })),
  );
  return { runs, wanted, ...metricColumns(scores) };
}

function asComparable(
  scores: Record<string, MetricValue>,
  isWanted: (name: string) => boolean,
): Record<string, BoardMetricValue> {
  return Object.fromEntries(
    Object.entries(scores)
      .filter(([name]) => isWanted(name))
      .map(([name, score]) => [name, { ...score, comparable: true, commonPrompts: false, soFar: false }]),
  );
}

/**
 * What a board has chosen to be measured by: distances by encoder and reference set, and judges. null: all that there is, which is
 * so where it takes what the site has, and where no board is asked about.
 */
async function boardMetrics(
  board: { id: string } | null,
  tx: Tx,
): Promise<{ isChosen: (protocol: Protocol) => boolean; isJudge: (score: string) => boolean } | null> {
  if (board === null) return null;
  const { siteDefaults, metrics, judges } = await tx.board.findUniqueOrThrow({
    where: { id: board.id },
    select: {
      siteDefaults: true,
      metrics: { select: { reference: { select: { encoderId: true, manifestSha256: true } } } },
      judges: { select: { judge: { select: { slug: true } } } },
    },
  });
  if (siteDefaults) return null;
  return {
    isChosen: ({ encoder, reference }) =>
      metrics.some(
        (chosen) => chosen.reference?.encoderId === encoder && chosen.reference?.manifestSha256 === reference,
      ),
    isJudge: (score) => judges.some(({ judge }) => score.startsWith(`judge:${judge.slug}:`)),
  };
}
