import sharp, { type Sharp } from "sharp";
import { BACKGROUND } from "@/lib/media/background";
import { MAX_PIXELS } from "@/lib/media/check-image";
import { getArtifact } from "@/lib/artifacts/store";
import "@/lib/media/decode-image"; // restricts what sharp opens to PNG, JPEG and WebP
import type { Pixels } from "@/lib/rubrics/report/canaries";

/** Longest side of what a judge is shown: vision models see no more, and charge by the pixel. */
const LONGEST_SIDE = 1024;

/**
 * An artifact as judges are shown it: re-encoded as PNG, at most 1,024 pixels long, without any metadata, so that nothing but
 * the image speaks to them.
 * @throws SalonError when the artifact is missing; Error when it cannot be read
 */
export async function readJudgeImage(sha256: string): Promise<Buffer> {
  return encodeJudgeImage(await getArtifact(sha256));
}

/** The same for bytes that are no artifact (a probe's image). */
export function encodeJudgeImage(bytes: Uint8Array): Promise<Buffer> {
  return open(bytes).png().toBuffer();
}

/** The same with its pixels changed on the way: a canary. */
export async function editJudgeImage(sha256: string, change: (pixels: Pixels) => Pixels): Promise<Buffer> {
  const { data, info } = await open(await getArtifact(sha256))
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, data: edited } = change({ width: info.width, height: info.height, data });
  return sharp(edited, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

function open(bytes: Uint8Array): Sharp {
  return sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: "error" })
    .autoOrient()
    .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: "inside", withoutEnlargement: true })
    .flatten({ background: BACKGROUND })
    .removeAlpha()
    .toColourspace("srgb");
}
