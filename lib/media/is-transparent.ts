import sharp from "sharp";
import { MAX_PIXELS } from "@/lib/media/check-image";
import "@/lib/media/decode-image"; // restricts what sharp opens to PNG, JPEG and WebP

/** Whether any pixel of an image lets through what lies behind it: an alpha channel that is full everywhere does not. */
export async function isTransparent(bytes: Uint8Array): Promise<boolean> {
  const { isOpaque } = await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: "error" }).stats();
  return !isOpaque;
}
