import { db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { DERIVATIVE_TYPE, readDerivative } from "@/lib/media/image-derivative";
import { isVideo, readVideoDerivative } from "@/lib/media/video-derivative";

/**
 * An image that somebody has to decide on, as it is, whatever its state: for curators alone. Others that nobody has reported are not
 * to be had here.
 * @throws SalonError not_found
 */
export async function readModeratedImage(
  { sampleId }: { sampleId: string },
  tx: Tx = db(),
): Promise<{ bytes: Buffer; mediaType: string }> {
  const sample = await tx.sample.findFirst({
    where: {
      id: sampleId,
      OR: [{ state: { not: "VISIBLE" } }, { stateAt: { not: null } }, { reports: { some: {} } }],
    },
    select: { artifactHash: true, artifact: { select: { mediaType: true, video: true } } },
  });
  if (sample === null) throw new SalonError("not_found", "There is no such image.");
  const { artifactHash, artifact } = sample;
  const bytes = isVideo(artifact)
    ? await readVideoDerivative(artifactHash)
    : await readDerivative(artifactHash);
  return { bytes, mediaType: DERIVATIVE_TYPE };
}
