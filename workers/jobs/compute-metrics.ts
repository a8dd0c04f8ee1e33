import { computeMetrics } from "@/lib/scoring/compute-metrics";
import type { Handler } from "@/workers/context";

export const computeMetricsJob: Handler<"compute-metrics"> = ({ runId }, { db, signal }) =>
  computeMetrics(runId, db, signal);
