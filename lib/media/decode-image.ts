import { BACKGROUND } from "@/lib/media/background";
import sharp, { type Sharp } from "sharp";
import { SalonError } from "@/lib/errors";

// libvips would otherwise open SVG, PDF, TIFF, GIF and more: every one an attack surface that no sample needs.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({ operation: ["VipsForeignLoadPng", "VipsForeignLoadJpeg", "VipsForeignLoadWebp"] });

export type ImageFormat = "png" | "jpeg" | "webp";

/** An 8-bit RGB image, rows top to bottom, three bytes a pixel. */
export interface DecodedImage {
  width: number;
  height: number;
  data: Uint8Array;
  format: ImageFormat;
}

export type ImageErrorReason = "NOT_AN_IMAGE" | "TOO_LARGE" | "CORRUPT";

/** Why bytes could not be read as an image; the message names the file. */
export class ImageError extends SalonError {
  override readonly name = "ImageError";
  constructor(
    readonly reason: ImageErrorReason,
    message: string,
    options: ErrorOptions = {},
  ) {
    super(reason === "TOO_LARGE" ? "too_large" : "invalid_request", message, options);
  }
}

/** 16 megapixels: four times the largest sample a board asks for, 48 MB decoded. */
export const DEFAULT_MAX_PIXELS = 16 * 1024 * 1024;

/**
 * What one's own files may have on the command line unless told: where PIL begins to warn of a decompression bomb, 268 MB decoded.
 * It refuses at twice as many, and so does Salon whatever is asked for.
 */
export const OWN_MAX_PIXELS = 89_478_485;
export const MOST_PIXELS = 2 * OWN_MAX_PIXELS;

/** Format by magic bytes, never by file name; null when it is none of the three. */
export function sniffImageFormat(bytes: Uint8Array): ImageFormat | null {
  const starts = (at: number, ...expected: number[]) => expected.every((byte, i) => bytes[at + i] === byte);
  if (starts(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return "png";
  if (starts(0, 0xff, 0xd8, 0xff)) return "jpeg";
  if (starts(0, 0x52, 0x49, 0x46, 0x46) && starts(8, 0x57, 0x45, 0x42, 0x50)) return "webp";
  return null;
}

/**
 * Decodes PNG, JPEG or WebP as the field's tools do (PIL's convert("RGB")), but for transparency, which is laid on white as everywhere
 * on the site (background.ts) unless it is to be dropped as those tools drop it: grey becomes RGB, an embedded colour profile and the EXIF orientation are ignored, 16 bits become 8, CMYK becomes RGB by the
 * plain formula and not by a profile.
 *
 * @throws ImageError NOT_AN_IMAGE (another format), TOO_LARGE (more than `maxPixels`), CORRUPT (truncated, damaged)
 */
export async function decodeImage(
  bytes: Uint8Array,
  {
    name = "image",
    maxPixels = DEFAULT_MAX_PIXELS,
    transparency = "on-white",
  }: { name?: string; maxPixels?: number; transparency?: "on-white" | "dropped" } = {},
): Promise<DecodedImage> {
  const format = sniffImageFormat(bytes);
  if (format === null) throw new ImageError("NOT_AN_IMAGE", `${name} is not a PNG, JPEG or WebP image.`);
  try {
    const image = sharp(bytes, { limitInputPixels: maxPixels, failOn: "error", ignoreIcc: true });
    if (format === "jpeg" && (await image.metadata()).space === "cmyk") return await decodeCmyk(image);
    const opaque = transparency === "dropped" ? image : image.flatten({ background: BACKGROUND });
    const { data, info } = await opaque
      .removeAlpha()
      .toColourspace("srgb")
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) {
      throw new ImageError("CORRUPT", `${name} decodes to ${info.channels} channels instead of RGB.`);
    }
    return { width: info.width, height: info.height, data, format };
  } catch (error) {
    if (error instanceof ImageError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    if (/pixel limit/i.test(reason)) {
      throw new ImageError("TOO_LARGE", `${name} has more than ${maxPixels} pixels.`, { cause: error });
    }
    throw new ImageError("CORRUPT", `${name} is damaged: ${reason.split("\n")[0]}.`, { cause: error });
  }
}

/**
 * A CMYK JPEG as PIL converts it: r = (255 - k) - c (255 - k) / 255, rounded as PIL rounds it, and so on. Both PIL and libvips take
 * every CMYK JPEG for an inverted one, as Adobe's programs write them, with or without Adobe's marker.
 */
async function decodeCmyk(image: Sharp): Promise<DecodedImage> {
  const { data: ink, info } = await image
    .pipelineColourspace("cmyk")
    .toColourspace("cmyk")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  const pixels = info.width * info.height;
  const data = new Uint8Array(pixels * 3);
  for (let i = 0; i < pixels; i++) {
    const light = 255 - ink[4 * i + 3];
    for (let c = 0; c < 3; c++) {
      const product = ink[4 * i + c] * light + 128;
      data[3 * i + c] = light - (((product >> 8) + product) >> 8);
    }
  }
  return { width: info.width, height: info.height, data, format: "jpeg" };
}
