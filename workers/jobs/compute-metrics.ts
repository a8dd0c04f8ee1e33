import { computeMetrics } from "@/lib/evaluation/compute-metrics";
import type { Handler } from "@/workers/context";

export const computeMetricsJob: Handler<"compute-metrics"> = ({ runId }, { db, signal }) =>
  computeMetrics(runId, db, signal);
