import sharp, { type Sharp } from "sharp";
import { BACKGROUND } from "@/lib/media/background";
import { MAX_PIXELS } from "@/lib/media/check-image";
import { artifactPath, getArtifact } from "@/lib/artifacts/store";
import type { Video } from "@/lib/media/video-source";
import { decodeVideo } from "@/lib/media/decode-video"; // restricts what sharp opens to the formats that samples have
import type { Pixels } from "@/lib/rubrics/report/canaries";
import type { Sees } from "@/lib/rubrics/rubric";

/** Longest side of an image that a judge is shown: vision models see no more, and charge by the pixel. */
const LONGEST_SIDE = 1024;
/** Frames of a video that a judge is shown. */
const JUDGE_FRAMES = 8;
/** Longest side of a frame: eight of them have the pixels of two images. */
const LONGEST_SIDE_OF_FRAMES = 512;

/** What judges are shown, as protocols name it. */
export const SHOWN_AS: Record<Sees, string> = {
  image: `PNG, at most ${LONGEST_SIDE} pixels long`,
  video: `${JUDGE_FRAMES} evenly spaced frames, first and last among them, PNG, at most ${LONGEST_SIDE_OF_FRAMES} pixels long`,
};

/**
 * An artifact as judges are shown it, re-encoded as PNG without any metadata, so that nothing but what it shows speaks to them: an
 * image as one, at most 1,024 pixels long; a video as eight frames in their order, evenly spaced, the first and the last among
 * them (of fewer frames each once), at most 512 pixels long.
 * @param change of the pixels on the way, of every frame alike: a canary
 * @throws SalonError when the artifact is missing; FileError naming what is wrong with a video, or that it needs ffmpeg; Error when
 *   an image cannot be read
 */
export async function readForJudge(
  sha256: string,
  sees: Sees,
  change?: (pixels: Pixels) => Pixels,
): Promise<Buffer[]> {
  const bytes = await getArtifact(sha256);
  if (sees === "image") return [await encode(openImage(bytes), change)];
  const video = { name: "The stored video", bytes, file: artifactPath(sha256) };
  return inTurn(() => encodeFrames(video, change));
}

async function encodeFrames(video: Video, change?: (pixels: Pixels) => Pixels): Promise<Buffer[]> {
  const frames = await decodeVideo(video, JUDGE_FRAMES, { rule: "even", least: 1 });
  const shown: Buffer[] = [];
  for (const { data, width, height } of frames) {
    const frame = sharp(data, { raw: { width, height, channels: 3 } });
    shown.push(await encode(atMost(LONGEST_SIDE_OF_FRAMES, frame), change));
  }
  return shown;
}

let last: Promise<unknown> = Promise.resolve();

/** One video at a time in a process, however many judges are asked: eight frames of the most pixels are 0.4 GB. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = last.then(work);
  last = mine.catch(() => {});
  return mine;
}

/** An image that is no artifact (a probe's) as judges are shown it. */
export function encodeJudgeImage(bytes: Uint8Array): Promise<Buffer> {
  return encode(openImage(bytes));
}

async function encode(image: Sharp, change?: (pixels: Pixels) => Pixels): Promise<Buffer> {
  if (change === undefined) return image.png().toBuffer();
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  const { width, height, data: edited } = change({ width: info.width, height: info.height, data });
  return sharp(edited, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

const openImage = (bytes: Uint8Array): Sharp =>
  atMost(LONGEST_SIDE, sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: "error" }).autoOrient())
    .flatten({ background: BACKGROUND })
    .removeAlpha()
    .toColourspace("srgb");

const atMost = (side: number, image: Sharp): Sharp =>
  image.resize({ width: side, height: side, fit: "inside", withoutEnlargement: true });
