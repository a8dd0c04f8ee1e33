import { decodeImage, ImageError, sniffImageFormat } from "@/lib/media/decode-image";

/** An image that was read to its last pixel. */
export interface CheckedImage {
  bytes: Buffer;
  mediaType: "image/png" | "image/jpeg" | "image/webp";
  width: number;
  height: number;
}

/** 4096 x 4096: above every size a board asks for. */
export const MAX_PIXELS = 4096 * 4096;

/**
 * Accept bytes from outside as an image: magic bytes decide the type, every pixel must decode.
 * @throws ImageError NOT_AN_IMAGE, TOO_LARGE, CORRUPT with a sentence for whoever sent it
 */
export async function checkImage(bytes: Buffer): Promise<CheckedImage> {
  const format = sniffImageFormat(bytes);
  if (format === null) {
    throw new ImageError(
      "NOT_AN_IMAGE",
      `The image is no PNG, JPEG or WebP (it starts with ${describeStart(bytes)}).`,
    );
  }
  const size = format === "png" ? pngSize(bytes) : null;
  try {
    const { width, height } = await decodeImage(bytes, { name: "The image", maxPixels: MAX_PIXELS });
    return { bytes, mediaType: `image/${format}`, width, height };
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    if (error.reason === "TOO_LARGE") {
      const shown = size === null ? "larger" : `${size.width} x ${size.height} pixels`;
      throw new ImageError("TOO_LARGE", `The image is ${shown}; at most 4096 x 4096 is read.`, {
        cause: error,
      });
    }
    throw new ImageError("CORRUPT", `The ${format.toUpperCase()} image is truncated or damaged.`, {
      cause: error,
    });
  }
}

function pngSize(bytes: Buffer): { width: number; height: number } | null {
  return bytes.length < 24 ? null : { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

function describeStart(bytes: Buffer): string {
  if (bytes.length === 0) return "nothing at all";
  const text = bytes.subarray(0, 16).toString("latin1");
  return /^[\x20-\x7e\s]+$/.test(text) ? `'${text.trim()}'` : `bytes ${bytes.subarray(0, 8).toString("hex")}`;
}
