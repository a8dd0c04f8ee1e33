import sharp from "sharp";
import { MAX_PIXELS } from "@/lib/media/check-image";
import { LOSSLESS_UP_TO } from "@/lib/media/image-derivative";
import { cachedDerivative, derivativeFolder, getArtifact } from "@/lib/artifacts/store";
import "@/lib/media/decode-image"; // restricts what sharp opens to PNG, JPEG and WebP

/**
 * A sample as one side of a battle: WebP of exactly this size, whatever the original is. Scaled by one method to cover the size,
 * what exceeds it cut off evenly, transparency laid on white, no metadata; whether the file is lossless depends on the size alone.
 * So the two sides of a battle differ in what their models drew, and in nothing else. Made once and kept on disk.
 * @throws SalonError when the artifact is missing
 */
export function readBattleDerivative(
  sha256: string,
  size: { width: number; height: number },
): Promise<Buffer> {
  const { width, height } = size;
  const make = async () =>
    sharp(await getArtifact(sha256), { limitInputPixels: MAX_PIXELS, failOn: "error" })
      .autoOrient()
      .resize({ width, height, fit: "cover", kernel: "lanczos3" })
      .flatten({ background: "#ffffff" })
      .toColourspace("srgb")
      .webp(Math.max(width, height) <= LOSSLESS_UP_TO ? { lossless: true } : { quality: 90 })
      .toBuffer();
  return cachedDerivative(sha256, `.battle.${width}x${height}.webp`, make, derivativeFolder());
}
