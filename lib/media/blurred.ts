import sharp from "sharp";
import { cachedDerivative, derivativeFolder } from "@/lib/artifacts/store";
import { readDerivative } from "@/lib/media/image-derivative";
import { readVideoDerivative } from "@/lib/media/video-derivative";

/** Longest side of what is left of a blurred image, before it is scaled up again: colours, and no shapes. */
const LEFT = 8;
const LONGEST_SIDE = 512;

/**
 * An image, or a video's first frame, blurred beyond recognition, of the original's proportions; WebP. It is made here, so that a
 * browser that was not asked to show it has nothing sharp of it. Made once and kept on disk.
 * @param sha256 of an artifact
 * @throws SalonError when the artifact is missing
 */
export function readBlurred(sha256: string, { moves }: { moves: boolean }): Promise<Buffer> {
  const make = async () =>
    blur(moves ? await readVideoDerivative(sha256, { still: true }) : await readDerivative(sha256));
  return cachedDerivative(sha256, ".blurred.webp", make, derivativeFolder());
}

async function blur(image: Buffer): Promise<Buffer> {
  const { width, height } = await sharp(image).metadata();
  const scale = LONGEST_SIDE / Math.max(width, height);
  const small = await sharp(image).resize({ width: LEFT, height: LEFT, fit: "inside" }).png().toBuffer();
  const size = {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
  return sharp(small)
    .resize({ ...size, fit: "fill", kernel: "cubic" })
    .blur(12)
    .webp({ quality: 60 })
    .toBuffer();
}
