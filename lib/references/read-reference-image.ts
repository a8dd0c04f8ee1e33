import { isClip, readClipDerivative } from "@/lib/media/video-derivative";
import { DERIVATIVE_TYPE, readDerivative } from "@/lib/media/image-derivative";
import { db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import type { SampleImage } from "@/lib/runs/read-sample-image";

/**
 * A picture or clip of a reference set as browsers get it; of a clip the first frame alone where `still` is wanted. What a visitor uploaded is shown to that visitor only.
 * @throws SalonError not_found
 */
export async function readReferenceImage(
  ask: { referenceId: string; index: number; voterId: string | null; still?: boolean },
  tx: Tx = db(),
): Promise<SampleImage> {
  const picture = await tx.referencePicture.findUnique({
    where: { referenceSetId_index: { referenceSetId: ask.referenceId, index: ask.index } },
    select: {
      artifactHash: true,
      artifact: { select: { mediaType: true, clip: true } },
      referenceSet: { select: { ownerId: true, clips: true } },
    },
  });
  const ownerId = picture?.referenceSet.ownerId ?? null;
  if (!picture || (ownerId !== null && ownerId !== ask.voterId)) {
    throw new SalonError("not_found", "There is no such picture.");
  }
  const { artifactHash: hash, artifact, referenceSet } = picture;
  // One animated WebP may be a picture of one set and a clip of another.
  const moves = referenceSet.clips !== null && isClip(artifact);
  return {
    bytes: await (moves ? readClipDerivative(hash, { still: ask.still }) : readDerivative(hash)),
    mediaType: DERIVATIVE_TYPE,
    etag: `"${hash.slice(0, 32)}${moves && !ask.still ? "-clip" : ""}"`,
    isPublic: ownerId === null,
  };
}
