import { getArtifact } from "@/lib/artifacts/store";
import { db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";

/**
 * What one model drew for a visitor's prompt, byte for byte.
 * @throws SalonError not_found
 */
export async function readDrawingImage(
  ask: { drawingId: string; model: string },
  tx: Tx = db(),
): Promise<{ bytes: Buffer; mediaType: string }> {
  const row = await tx.drawingImage.findFirst({
    where: { drawingId: ask.drawingId, model: { slug: ask.model } },
    select: { artifact: true },
  });
  if (!row?.artifact) throw new SalonError("not_found", "There is no such image.");
  return { bytes: await getArtifact(row.artifact.sha256), mediaType: row.artifact.mediaType };
}
