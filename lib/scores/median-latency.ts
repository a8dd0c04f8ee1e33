import { Prisma } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/client";
import { bestRuns } from "@/lib/runs/best-runs";

/** The median is taken over at most so many samples of a run. */
const SAMPLES = 500;

/** SQL: the median time in milliseconds that an image of run `r` took. */
export const MEDIAN_LATENCY: Prisma.Sql = Prisma.sql`(
  select percentile_cont(0.5) within group (order by s.latency_ms)
  from (select latency_ms from samples where run_id = r.id limit ${SAMPLES}) s)`;

/** How long an image of each model takes, in milliseconds, by its id: of the run that speaks for it on a board. */
export async function readMedianLatencies(
  modelIds: string[],
  board: { id: string; promptSetId: string },
  tx: Tx,
): Promise<Map<string, number>> {
  const runs = await bestRuns(modelIds, board, tx, { soFar: true });
  const rows = await tx.$queryRaw<{ modelId: string; ms: number | null }[]>`
    select r.model_id as "modelId", ${MEDIAN_LATENCY} as ms
    from runs r where r.id = any (${runs.map(({ runId }) => runId)})`;
  return new Map(rows.flatMap(({ modelId, ms }) => (ms === null ? [] : [[modelId, ms] as const])));
}
