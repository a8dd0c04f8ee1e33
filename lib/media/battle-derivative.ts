import sharp from "sharp";
import type { BoardFit } from "@/lib/db/generated/enums";
import { BACKGROUND } from "@/lib/media/background";
import { MAX_PIXELS } from "@/lib/media/check-image";
import { LOSSLESS_UP_TO } from "@/lib/media/image-derivative";
import { cachedDerivative, derivativeFolder, getArtifact } from "@/lib/artifacts/store";
import "@/lib/media/decode-image"; // restricts what sharp opens to PNG, JPEG and WebP

/**
 * A sample as one side of a battle: WebP, transparency laid on white, no metadata; whether the file is lossless depends on the board's
 * size alone. Of fit "SAME" it has exactly the board's size, whatever the original is: scaled by one method to cover it, what exceeds
 * it cut off evenly, so that the two sides of a battle differ in what their models drew, and in nothing else. Of fit "OWN" it is
 * shown as it is, scaled down to the board's size where it is larger and never up. Made once and kept on disk.
 * @throws SalonError when the artifact is missing
 */
export function readBattleDerivative(
  sha256: string,
  size: { width: number; height: number; fit: BoardFit },
): Promise<Buffer> {
  const { width, height, fit } = size;
  const make = async () =>
    sharp(await getArtifact(sha256), { limitInputPixels: MAX_PIXELS, failOn: "error" })
      .autoOrient()
      .resize({
        width,
        height,
        kernel: "lanczos3",
        ...(fit === "SAME" ? { fit: "cover" } : { fit: "inside", withoutEnlargement: true }),
      })
      .flatten({ background: BACKGROUND })
      .toColourspace("srgb")
      .webp(Math.max(width, height) <= LOSSLESS_UP_TO ? { lossless: true } : { quality: 90 })
      .toBuffer();
  return cachedDerivative(
    sha256,
    `.battle.${width}x${height}${fit === "OWN" ? ".own" : ""}.webp`,
    make,
    derivativeFolder(),
  );
}
