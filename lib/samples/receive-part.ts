import { requireDiskSpace } from "@/lib/artifacts/disk-space";
import { receivedBytes, takePart } from "@/lib/artifacts/staged-upload";
import { inTransaction, type Db, db as ownDb } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { enqueueImport } from "@/lib/samples/enqueue-import";
import { findOwnUpload } from "@/lib/samples/read-upload";

/**
 * Answer a HEAD or PATCH of the tus protocol for an upload of one's own. With its last byte it is read, by a job of its own.
 * @throws SalonError not_found for another's; conflict for one that is over, or of a run that was cancelled; unavailable while
 *   the disk is nearly full
 */
export async function receivePart(
  ask: { request: Request; uploadId: string; voterId: string | null },
  db: Db = ownDb(),
): Promise<Response> {
  const upload = await findOwnUpload(ask, db);
  const isPatch = ask.request.method === "PATCH";
  if (upload.state !== "RECEIVING" && isPatch) {
    throw new SalonError(
      "conflict",
      upload.state === "FAILED"
        ? "This upload is over: it came to nothing, and says why where it is read."
        : "All of this upload is here already.",
    );
  }
  if (upload.run.state === "CANCELLED") {
    throw new SalonError("conflict", "The run was cancelled: nothing more is taken for it.");
  }
  if (upload.state !== "RECEIVING") return whole(Number(upload.bytes));
  if (isPatch) await requireDiskSpace();
  const { response, received } = await takePart(ask.request, { id: upload.id, bytes: Number(upload.bytes) });
  await noteReceived(upload.id, received, Number(upload.bytes), db);
  return response;
}

/** What HEAD says of an upload that has been handed on. */
const whole = (bytes: number) =>
  new Response(null, {
    status: 200,
    headers: {
      "tus-resumable": "1.0.0",
      "upload-offset": String(bytes),
      "upload-length": String(bytes),
      "cache-control": "no-store",
    },
  });

async function noteReceived(id: string, received: number, bytes: number, db: Db): Promise<void> {
  await inTransaction(async (tx) => {
    const isWhole = received >= bytes;
    const { count } = await tx.sampleUpload.updateMany({
      where: { id, state: "RECEIVING", receivedBytes: { lt: received } },
      data: { receivedBytes: received, touchedAt: new Date(), ...(isWhole && { state: "READING" }) },
    });
    if (isWhole && count > 0) await enqueueImport(id, tx);
  }, db);
}

/** Hand on an upload of which all is here, where the site stopped before it could. */
export async function settleReceived(upload: { id: string; bytes: bigint }, db: Db): Promise<void> {
  const received = await receivedBytes(upload.id);
  if (received >= Number(upload.bytes)) await noteReceived(upload.id, received, Number(upload.bytes), db);
}
