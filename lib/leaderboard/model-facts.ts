import type { Tx } from "@/lib/db/client";
import { readJudgeScores } from "@/lib/judging/read-judge-scores";
import type { MetricValue } from "@/lib/schemas/api";

/** What a model's best run says of it. */
export type ModelFacts = {
  metrics: Record<string, MetricValue>;
  medianLatencyMs: number | null;
};

/** The median latency is taken over at most so many samples of the run. */
const LATENCY_SAMPLES = 500;

/**
 * Metrics and latency of models by id, from each one's published run with the most samples (of equals the newest):
 * scores of different runs are not mixed.
 */
export async function readModelFacts(modelIds: string[], tx: Tx): Promise<Map<string, ModelFacts>> {
  const runs = await tx.$queryRaw<{ runId: string; modelId: string; medianLatencyMs: number | null }[]>`
    select best.id as "runId", best."modelId", (
      select percentile_cont(0.5) within group (order by s."latencyMs")
      from (select "latencyMs" from "Sample" where "runId" = best.id limit ${LATENCY_SAMPLES}) s
    ) as "medianLatencyMs"
    from (
      select distinct on ("modelId") id, "modelId" from "Run"
      where state = 'PUBLISHED' and "modelId" = any (${modelIds})
      order by "modelId", "promptCount" * "samplesPerPrompt" desc, "finishedAt" desc nulls last, id desc
    ) best`;
  const results = await tx.metricResult.findMany({
    where: { runId: { in: runs.map((run) => run.runId) } },
    orderBy: { createdAt: "asc" },
  });
  const judged = await readJudgeScores(
    runs.map((run) => run.runId),
    tx,
  );
  return new Map(
    runs.map(({ runId, modelId, medianLatencyMs }) => {
      const metrics: Record<string, MetricValue> = {};
      for (const result of results.filter((result) => result.runId === runId)) {
        const { metric, value, low, high, n, protocolHash: protocol, caveat } = result;
        metrics[metric] = { value, low, high, n, protocol, caveat };
      }
      return [modelId, { metrics: { ...metrics, ...judged.get(runId) }, medianLatencyMs }];
    }),
  );
}
