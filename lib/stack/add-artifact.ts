import type { CheckedImage } from "@/lib/artifacts/check-image";
import type { Tx } from "@/lib/db/client";

/** The row of an image whose bytes are in the store; one that is there already stays. */
export async function addArtifact(
  sha256: string,
  { bytes, mediaType, width, height }: CheckedImage,
  tx: Tx,
): Promise<void> {
  await tx.artifact.createMany({
    data: [{ sha256, bytes: bytes.length, mediaType, width, height }],
    skipDuplicates: true,
  });
}
