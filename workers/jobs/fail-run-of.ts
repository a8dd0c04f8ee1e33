import { inTransaction } from "@/lib/db/client";
import { failRun } from "@/lib/evaluation/fail-run";
import type { JobContext } from "@/workers/context";

/** End the run whose job cannot be done: it must not stay "in progress" for ever. */
export async function failRunOf(
  { runId }: { runId: string },
  error: unknown,
  { db, log }: JobContext,
): Promise<void> {
  log.error({ runId, err: error }, "run given up");
  const reason = error instanceof Error ? error.message : String(error);
  await inTransaction((tx) => failRun(runId, `It could not be finished: ${reason}`, tx), db);
}
