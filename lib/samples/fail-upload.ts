import { dropStaged } from "@/lib/artifacts/staged-upload";
import { inTransaction, type Db, type Tx } from "@/lib/db/client";
import { advanceRun } from "@/lib/runs/advance-run";
import { failRun } from "@/lib/runs/fail-run";
import { lockRun } from "@/lib/runs/lock-run";
import { OPEN_UPLOAD } from "@/lib/runs/open-upload";
import type { FileProblem } from "@/lib/schemas/sample-uploads";
import type { UploadFailure } from "@/lib/schemas/reasons/upload-failure";
import { keepProblems } from "@/lib/samples/keep-problems";

/** End an upload without anything of it: its pending files go, and its run fails if it has no samples. */
export async function failUpload(
  uploadId: string,
  failure: UploadFailure,
  db: Db,
  problems: FileProblem[] = [],
): Promise<void> {
  await inTransaction((tx) => failOpenUpload(uploadId, failure, problems, tx), db);
  await dropStaged(uploadId);
}

/** The same in a transaction; its file is the caller's to delete. An upload that is over stays as it is. */
export async function failOpenUpload(
  uploadId: string,
  failure: UploadFailure,
  problems: FileProblem[],
  tx: Tx,
): Promise<void> {
  const { runId } = await tx.sampleUpload.findUniqueOrThrow({ where: { id: uploadId } });
  await lockRun(runId, tx);
  const { count } = await tx.sampleUpload.updateMany({
    where: { id: uploadId, state: { in: [...OPEN_UPLOAD] } },
    data: { state: "FAILED", failureReason: failure, source: null, finishedAt: new Date() },
  });
  if (count === 0) return;
  await tx.uploadedFile.deleteMany({ where: { uploadId } });
  await keepProblems(uploadId, problems, tx);
  const samples = await tx.sample.count({ where: { runId } });
  if (samples === 0) await failRun(runId, failure, tx);
  else await advanceRun(runId, null, tx);
}
