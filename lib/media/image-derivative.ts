import sharp from "sharp";
import { BACKGROUND } from "@/lib/media/background";
import { MAX_PIXELS } from "@/lib/media/check-image";
import { artifactFolder, cachedDerivative, derivativeFolder, getArtifact } from "@/lib/artifacts/store";
import "@/lib/media/decode-image"; // restricts what sharp opens to PNG, JPEG and WebP

/** What browsers are given of an artifact: same pixels, another file. */
export const DERIVATIVE_TYPE = "image/webp";
/** Longest side of a derivative; larger originals are scaled down. "whole": for who looks at a sample pixel by pixel. */
const LONGEST_SIDE = { page: 1024, whole: 4096 };
export type DerivativeSize = keyof typeof LONGEST_SIDE;
/** Up to here the derivative is lossless: a 64 x 64 sample must not gain artefacts on its way to a voter. */
export const LOSSLESS_UP_TO = 256;

/**
 * An image for browsers: re-encoded as WebP without any metadata (EXIF, XMP, C2PA, text chunks), so that neither
 * format nor file says who made it. Made once and kept on disk.
 * @param sha256 of an artifact
 * @param size page: at most 1,024 pixels long; whole: at most 4,096
 * @throws SalonError when the artifact is missing
 */
export function readDerivative(
  sha256: string,
  size: DerivativeSize = "page",
  folders = { artifacts: artifactFolder(), derivatives: derivativeFolder() },
): Promise<Buffer> {
  const make = async () => encode(await getArtifact(sha256, folders.artifacts), size);
  return cachedDerivative(sha256, `.${LONGEST_SIDE[size]}.opaque.webp`, make, folders.derivatives);
}

/** The same for bytes that are no artifact (a connection test's sample). */
export function encodeDerivative(bytes: Uint8Array): Promise<Buffer> {
  return encode(bytes, "page");
}

async function encode(bytes: Uint8Array, size: DerivativeSize): Promise<Buffer> {
  const image = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: "error" });
  const { width, height } = await image.metadata();
  const lossless = Math.max(width, height) <= LOSSLESS_UP_TO;
  return image
    .autoOrient()
    .resize({
      width: LONGEST_SIDE[size],
      height: LONGEST_SIDE[size],
      fit: "inside",
      withoutEnlargement: true,
    })
    .flatten({ background: BACKGROUND })
    .toColourspace("srgb")
    .webp(lossless ? { lossless: true } : { quality: 90 })
    .toBuffer();
}
