import sharp from "sharp";
import { ApiError } from "@/generation/http/api-error";

/**
 * From now on this process decodes PNG, JPEG and WebP only. libvips would otherwise open SVG, PDF, TIFF, GIF and more: every one
 * an attack surface that nobody here needs.
 */
export function restrictDecoders(): void {
  sharp.block({ operation: ["VipsForeignLoad"] });
  sharp.unblock({ operation: ["VipsForeignLoadPng", "VipsForeignLoadJpeg", "VipsForeignLoadWebp"] });
}

/** 16 megapixels, 48 MB decoded. */
const MOST_PIXELS = 16 * 1024 * 1024;
const DATA_URL = /^data:image\/(?:png|jpe?g|webp);base64,/i;
const BASE64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;

/** How an image of another shape is brought to the network's: with white margins, or cut to its middle. */
export type Fit = "contain" | "cover";

/** An image as the network sees it: pixels [3,S,S] in [-1,1]. Of another shape it gets white margins, so that nothing is cut off or stretched. */
export const readImage = (url: string, side: number, param: string): Promise<Float32Array> =>
  readPixels(decodeDataUrl(url, param), side, { param, fit: "contain" });

/**
 * An image file's pixels [3,S,S] in [-1,1], made smaller with an antialiasing filter.
 * @throws ApiError 400 that names the parameter
 */
export async function readPixels(
  bytes: Buffer,
  side: number,
  { param, fit }: { param: string; fit: Fit },
): Promise<Float32Array> {
  let rgb: Buffer;
  try {
    rgb = await sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: "error", ignoreIcc: true })
      .flatten({ background: "white" })
      .toColourspace("srgb")
      .resize(side, side, { fit, background: "white" })
      .raw({ depth: "uchar" })
      .toBuffer();
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    if (/pixel limit/i.test(reason)) {
      throw refusal(`the image has more than ${MOST_PIXELS} pixels`, param);
    }
    throw refusal(`the image is damaged, or no PNG, JPEG or WebP (${reason})`, param);
  }
  if (rgb.length !== 3 * side * side) throw refusal("the image is not in colour as RGB or grey", param);
  return toPlanes(rgb);
}

/** Interleaved 8-bit RGB as planes [3,S,S] in [-1, 1]. */
export function toPlanes(rgb: Uint8Array): Float32Array {
  const pixels = rgb.length / 3;
  return Float32Array.from(
    { length: rgb.length },
    (_, at) => rgb[(at % pixels) * 3 + Math.floor(at / pixels)] / 127.5 - 1,
  );
}

/** The bytes in a data URL. @throws ApiError 400 that names the parameter */
export function decodeDataUrl(url: string, param: string): Buffer {
  if (!url.startsWith("data:")) {
    throw refusal("only data URLs are read, such as data:image/png;base64,...; nothing is fetched", param);
  }
  const head = DATA_URL.exec(url);
  if (!head) throw refusal("the data URL must be image/png, image/jpeg or image/webp in base64", param);
  const text = url.slice(head[0].length);
  // Buffer.from would skip what is no base64 and read half an image.
  if (!BASE64.test(text)) throw refusal("the image is not base64", param);
  const bytes = Buffer.from(text, "base64");
  if (bytes.length === 0) throw refusal("the image is empty", param);
  return bytes;
}

function refusal(message: string, param: string): ApiError {
  return new ApiError(400, "invalid_image", `Invalid '${param}': ${message}.`, { param });
}
