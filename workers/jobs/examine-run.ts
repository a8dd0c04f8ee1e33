import { examineRun } from "@/lib/evaluation/examine-run";
import type { Handler } from "@/workers/context";

export const examineRunJob: Handler<"examine-run"> = ({ runId }, { db, signal }) =>
  examineRun(runId, db, signal);
