import { dropStaged } from "@/lib/artifacts/staged-upload";
import { db as ownDb, type Db } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { OPEN_UPLOAD } from "@/lib/runs/open-upload";
import { failUpload } from "@/lib/samples/fail-upload";
import { findOwnUpload } from "@/lib/samples/read-upload";

/**
 * Give up an upload of one's own that is not over: its bytes are deleted, and nothing of it becomes a sample.
 * @throws SalonError not_found for another's; conflict for one that is over
 */
export async function removeUpload(
  ask: { uploadId: string; voterId: string | null },
  db: Db = ownDb(),
): Promise<void> {
  const upload = await findOwnUpload(ask, db);
  if (!OPEN_UPLOAD.some((state) => state === upload.state)) {
    throw new SalonError("conflict", "The upload is over; its samples belong to the run.");
  }
  await failUpload(upload.id, { code: "upload_removed" }, db);
  await dropStaged(upload.id);
}
