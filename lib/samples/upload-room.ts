import type { Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import type { Holder } from "@/lib/queue/holder";
import { OPEN_UPLOAD } from "@/lib/runs/open-upload";
import { requireSampleRoom } from "@/lib/runs/sample-room";
import { mostUploadBytes, UPLOADS_TOGETHER } from "@/lib/samples/upload-limits";

/**
 * See that there is room for an upload, beside samples that are here and uploads that are still to come: of the visitor, of the
 * network address, and of all visitors together. Those who ask wait for each other, so that no two take the last room.
 * @throws SalonError conflict, saying the limit and what to do
 */
export async function requireUploadRoom(holder: Holder, bytes: number, tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('room:uploads', 0))`;
  const { ownerId: submitterId, addressHash } = holder;
  const own = bytes + (await openBytes({ submitterId }, tx));
  const together = bytes + (addressHash === null ? 0 : await openBytes({ addressHash }, tx));
  await requireSampleRoom({ submitterId, addressHash }, tx, { own, together });
  const all = await openBytes({ submitterId: { not: null } }, tx);
  if (all + bytes > UPLOADS_TOGETHER * mostUploadBytes()) {
    throw new SalonError(
      "conflict",
      "The room this site has for uploads that are under way is used up. Try again when some of them are read.",
    );
  }
}

/** Bytes that uploads which are not over will have taken up. */
async function openBytes(
  model: { submitterId: string | null | { not: null } } | { addressHash: string },
  tx: Tx,
): Promise<number> {
  const { _sum } = await tx.sampleUpload.aggregate({
    where: { state: { in: [...OPEN_UPLOAD] }, staged: true, run: { model } },
    _sum: { bytes: true },
  });
  return Number(_sum.bytes ?? 0);
}
