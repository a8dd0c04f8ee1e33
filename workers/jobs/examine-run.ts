import { examineRun } from "@/lib/diagnostics/diagnose-run";
import type { Handler } from "@/workers/context";

export const examineRunJob: Handler<"examine-run"> = ({ runId }, { db, signal }) =>
  examineRun(runId, db, signal);
