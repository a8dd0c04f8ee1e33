import { randomUUID } from "node:crypto";
import { inTransaction } from "@/lib/db/client";
import { publicMessage, SalonError } from "@/lib/errors";
import { failRun } from "@/lib/runs/fail-run";
import { ExtractorError } from "@/lib/encoders/encoder-error";
import { FileError } from "@/lib/media/files/file-error";
import type { JobContext } from "@/workers/context";

/** End the run whose job cannot be done: it must not stay "in progress" for ever. */
export async function failRunOf(
  { runId }: { runId: string },
  error: unknown,
  { db, log }: JobContext,
): Promise<void> {
  const id = randomUUID().slice(0, 8);
  log.error({ runId, errorId: id, err: error }, `run given up (error ${id})`);
  // These name the operator's files, which are no submitter's business.
  const ours = error instanceof FileError || error instanceof ExtractorError;
  const told = ours ? new SalonError("internal", error.message) : error;
  const reason = `It could not be finished: ${publicMessage(told, id)}`;
  await inTransaction((tx) => failRun(runId, reason, tx), db);
}
