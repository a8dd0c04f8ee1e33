import { DERIVATIVE_TYPE, readDerivative } from "@/lib/artifacts/derivative";
import { db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import type { SampleImage } from "@/lib/evaluation/read-sample-image";

/**
 * A picture of a reference set as browsers get it. What a visitor uploaded is shown to that visitor only.
 * @throws SalonError not_found
 */
export async function readReferenceImage(
  ask: { referenceId: string; index: number; voterId: string | null },
  tx: Tx = db(),
): Promise<SampleImage> {
  const picture = await tx.referencePicture.findUnique({
    where: { referenceSetId_index: { referenceSetId: ask.referenceId, index: ask.index } },
    select: { artifactHash: true, referenceSet: { select: { ownerId: true } } },
  });
  const ownerId = picture?.referenceSet.ownerId ?? null;
  if (!picture || (ownerId !== null && ownerId !== ask.voterId)) {
    throw new SalonError("not_found", "There is no such picture.");
  }
  return {
    bytes: await readDerivative(picture.artifactHash),
    mediaType: DERIVATIVE_TYPE,
    etag: `"${picture.artifactHash.slice(0, 32)}"`,
    isPublic: ownerId === null,
  };
}
