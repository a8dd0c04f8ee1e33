import { randomUUID } from "node:crypto";
import { inTransaction } from "@/lib/db/client";
import { endDrawing } from "@/lib/demos/generate-own-prompt";
import { EncoderError } from "@/lib/encoders/encoder-error";
import { publicMessage } from "@/lib/errors";
import { FileError } from "@/lib/media/files/file-error";
import { giveUpChecks } from "@/lib/moderation/checks/check-samples";
import { failReference } from "@/lib/references/build-reference";
import { failUpload } from "@/lib/samples/fail-upload";
import { failRun } from "@/lib/runs/fail-run";
import type { ExhaustedHandler, JobContext } from "@/workers/context";

/** What happens when a job cannot be done: nothing may stay "in progress" for ever. */

/** End the run whose job it was. */
export async function failRunOf(
  { runId }: { runId: string },
  error: unknown,
  { db, log }: JobContext,
): Promise<void> {
  const id = randomUUID().slice(0, 8);
  log.error({ runId, errorId: id, err: error }, `run given up (error ${id})`);
  // These name the operator's files, which are no submitter's business.
  const ours = error instanceof FileError || error instanceof EncoderError;
  const said = ours ? null : publicMessage(error);
  await inTransaction((tx) => failRun(runId, { code: "broke_down", errorId: id, said }, tx), db);
}

/** Tell whoever uploaded the reference set. */
export const failReferenceOf: ExhaustedHandler<"build-reference"> = (
  { referenceSetId },
  error,
  { db, log },
) => {
  log.error({ referenceSetId, err: error }, "reference set given up");
  return failReference(referenceSetId, { code: "broke_down" }, db);
};

/** Tell whoever uploaded the samples. */
export const failUploadOf: ExhaustedHandler<"import-samples"> = ({ uploadId }, error, { db, log }) => {
  const id = randomUUID().slice(0, 8);
  log.error({ uploadId, errorId: id, err: error }, `upload of samples given up (error ${id})`);
  return failUpload(uploadId, { code: "upload_broke_down", errorId: id }, db);
};

/** Tell whoever waits for the drawing. */
export const endDrawingOf: ExhaustedHandler<"draw-prompt"> = async ({ drawingId }, error, { db, log }) => {
  log.error({ drawingId, err: error }, "drawing given up");
  await endDrawing(drawingId, { code: "broke_down" }, db);
};

/** Leave it to a person: the samples stay held. */
export const giveUpChecksOf: ExhaustedHandler<"check-samples"> = (payload, error, { db, log }) => {
  log.error({ ...payload, err: error }, "checks of samples given up: see /reports?queue=held");
  return giveUpChecks(payload, db);
};
