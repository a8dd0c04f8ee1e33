import { isVideo, readVideoDerivative } from "@/lib/media/video-derivative";
import { DERIVATIVE_TYPE, readDerivative } from "@/lib/media/image-derivative";
import { db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import type { SampleImage } from "@/lib/runs/read-sample-image";

/**
 * An image or video of a reference set as browsers get it; of a video the first frame alone where `still` is wanted. What a visitor uploaded is shown to that visitor only.
 * @throws SalonError not_found
 */
export async function readReferenceImage(
  ask: { referenceId: string; index: number; voterId: string | null; still?: boolean },
  tx: Tx = db(),
): Promise<SampleImage> {
  const image = await tx.referenceImage.findUnique({
    where: { referenceSetId_index: { referenceSetId: ask.referenceId, index: ask.index } },
    select: {
      artifactHash: true,
      artifact: { select: { mediaType: true, video: true } },
      referenceSet: { select: { ownerId: true, videos: true } },
    },
  });
  const ownerId = image?.referenceSet.ownerId ?? null;
  if (!image || (ownerId !== null && ownerId !== ask.voterId)) {
    throw new SalonError("not_found", "There is no such image.");
  }
  const { artifactHash: hash, artifact, referenceSet } = image;
  // One animated WebP may be an image of one set and a video of another.
  const moves = referenceSet.videos !== null && isVideo(artifact);
  return {
    bytes: await (moves ? readVideoDerivative(hash, { still: ask.still }) : readDerivative(hash)),
    mediaType: DERIVATIVE_TYPE,
    etag: `"${hash.slice(0, 32)}${moves && !ask.still ? "-video" : ""}"`,
    isPublic: ownerId === null,
  };
}
