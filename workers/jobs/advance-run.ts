import { inTransaction } from "@/lib/db/client";
import { advanceRun } from "@/lib/runs/advance-run";
import type { Handler } from "@/workers/context";

export const advanceRunJob: Handler<"advance-run"> = async ({ runId }, { db }) => {
  await inTransaction((tx) => advanceRun(runId, null, tx), db);
};
