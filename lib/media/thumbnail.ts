import sharp from "sharp";
import { MAX_PIXELS } from "@/lib/media/check-image";
import "@/lib/media/decode-image"; // restricts what sharp opens to PNG, JPEG and WebP

/**
 * A small WebP of an image, its longest side at most `side` pixels, without metadata.
 * @returns null when it cannot be read, or comes out larger than `maxBytes`
 */
export async function encodeThumbnail(
  bytes: Uint8Array,
  { side, maxBytes }: { side: number; maxBytes: number },
): Promise<Buffer | null> {
  const encoded = await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: "error" })
    .autoOrient()
    .resize({ width: side, height: side, fit: "inside", withoutEnlargement: true })
    .toColourspace("srgb")
    .webp({ quality: 75 })
    .toBuffer()
    .catch(() => null);
  return encoded !== null && encoded.length <= maxBytes ? encoded : null;
}
