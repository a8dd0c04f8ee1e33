import sharp, { type Sharp } from "sharp";
import "@/lib/media/decode-image"; // restricts what sharp opens to PNG, JPEG and WebP
import { MAX_PIXELS } from "@/lib/media/check-image";

/** Images that endpoints are sent: what they edit, where, and what a video begins with. */

const open = (bytes: Uint8Array): Sharp =>
  sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: "error" }).autoOrient().toColourspace("srgb");

/** An image's pixels as a PNG, upright and without metadata: where a photo was taken is no endpoint's business. */
export const plainPng = (bytes: Uint8Array): Promise<Buffer> =>
  open(bytes).png({ compressionLevel: 3 }).toBuffer();

/** A mask that is white where an image is to change as OpenAI wants one: a PNG that is transparent there. */
export async function transparentMask(mask: Uint8Array): Promise<Buffer> {
  const { data, info } = await open(mask)
    .removeAlpha()
    .toColourspace("b-w")
    .negate()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  return sharp({ create: { width, height, channels: 3, background: "black" } })
    .joinChannel(data, { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();
}
