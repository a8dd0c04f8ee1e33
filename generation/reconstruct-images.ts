import sharp from "sharp";
import { encodeImage, toRgb, type OutputFormat } from "@/generation/encode-image";
import type { LoadedAutoencoder } from "@/generation/model-library";
import { toPlanes } from "@/generation/read-image";

/** Formats an image may come in. */
const FORMATS: readonly (string | undefined)[] = ["png", "webp", "jpeg"];

/**
 * An image file's pixels, interleaved 8-bit RGB.
 * @throws Error saying what an image must be, where these bytes are none
 */
export async function decodeSquare(file: Buffer, size: number): Promise<Uint8Array> {
  const image = sharp(file, { limitInputPixels: 4096 * 4096 });
  const {
    format,
    width,
    height,
    pages = 1,
  } = await image.metadata().catch(() => ({ format: undefined }) as never);
  if (!FORMATS.includes(format)) throw new Error("must be a PNG, WebP or JPEG image");
  if (width !== size || height !== size || pages > 1) {
    throw new Error(`must be one image of ${size}x${size} pixels, not ${width}x${height}`);
  }
  return new Uint8Array(
    await image
      .flatten({ background: "#fff" })
      .toColourspace("srgb")
      .raw()
      .toBuffer()
      .catch(() => Promise.reject(new Error("is cut off or damaged"))),
  );
}

/** Peak signal-to-noise ratio of 8-bit pixels, in dB; infinite where they are equal. */
export function peakSignalToNoise(original: Uint8Array, other: Uint8Array): number {
  let squares = 0;
  for (let at = 0; at < original.length; at += 1) squares += (original[at] - other[at]) ** 2;
  return 10 * Math.log10((255 * 255 * original.length) / squares);
}

/** An image as an autoencoder gives it back. */
export interface Reconstruction {
  bytes: Buffer;
  psnr: number;
}

/**
 * Images through an autoencoder and back: what a latent model loses before it begins.
 * @param originals interleaved 8-bit RGB of the autoencoder's size
 */
export async function reconstructImages(
  autoencoder: LoadedAutoencoder,
  tasks: readonly { original: Uint8Array; format: OutputFormat }[],
): Promise<Reconstruction[]> {
  const size = 3 * autoencoder.imageSize ** 2;
  const pixels = new Float32Array(tasks.length * size);
  tasks.forEach(({ original }, row) => pixels.set(toPlanes(original), row * size));
  const decoded = await autoencoder.decode(await autoencoder.encode(pixels));
  return Promise.all(
    tasks.map(async ({ original, format }, row) => {
      const rgb = toRgb(decoded.subarray(row * size, (row + 1) * size));
      return {
        bytes: await encodeImage(rgb, autoencoder.imageSize, format),
        psnr: peakSignalToNoise(original, rgb),
      };
    }),
  );
}
