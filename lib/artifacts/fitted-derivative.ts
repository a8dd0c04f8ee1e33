import sharp from "sharp";
import { cachedDerivative, derivativeFolder, getArtifact } from "@/lib/artifacts/store";
import { encodeDerivative } from "@/lib/artifacts/derivative";

/**
 * A derivative of exactly this size, scaled to fit on mid grey: two samples of different sizes shown in it side by
 * side do not tell their models apart by their measures.
 * @throws SalonError when the artifact is missing
 */
export function readFittedDerivative(
  sha256: string,
  size: { width: number; height: number },
): Promise<Buffer> {
  const make = async () => {
    const fitted = await sharp(await encodeDerivative(await getArtifact(sha256)))
      .resize({ ...size, fit: "contain", background: "#808080" })
      .png()
      .toBuffer();
    return encodeDerivative(fitted);
  };
  return cachedDerivative(sha256, `.${size.width}x${size.height}.webp`, make, derivativeFolder());
}
