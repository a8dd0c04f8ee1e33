import { rescoreRun } from "@/lib/scoring/rescore-run";
import type { Handler } from "@/workers/context";

export const rescoreRunJob: Handler<"rescore-run"> = ({ runId }, { db, signal }) =>
  rescoreRun(runId, db, signal);
