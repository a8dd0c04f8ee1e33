import sharp, { type Sharp } from "sharp";
import { BACKGROUND } from "@/lib/media/background";
import { MAX_PIXELS } from "@/lib/media/check-image";
import { artifactPath, getArtifact } from "@/lib/artifacts/store";
import type { Video } from "@/lib/media/video-source";
import { decodeVideo } from "@/lib/media/decode-video"; // restricts what sharp opens to the formats that samples have
import { encodeJudgeVideo, WHOLE_VIDEO } from "@/lib/media/judge-video";
import type { Pixels } from "@/lib/rubrics/report/canaries";
import type { Sees, Shown } from "@/lib/rubrics/rubric";

/** Longest side of an image that a judge is shown: vision models see no more, and charge by the pixel. */
const LONGEST_SIDE = 1024;
/** Frames of a video that a judge is shown. */
const JUDGE_FRAMES = 8;
/** Longest side of a frame: eight of them have the pixels of two images. */
const LONGEST_SIDE_OF_FRAMES = 512;

/** What judges are shown, as protocols name it. */
export const SHOWN_AS: Record<Sees, string> = {
  image: `PNG, at most ${LONGEST_SIDE} pixels long`,
  frames: `${JUDGE_FRAMES} evenly spaced frames, first and last among them, PNG, at most ${LONGEST_SIDE_OF_FRAMES} pixels long`,
  video: WHOLE_VIDEO,
};

type Change = (pixels: Pixels) => Pixels;

/**
 * An artifact as judges are shown it, made anew without any metadata, so that nothing but what it shows speaks to them: an image as
 * one PNG, at most 1,024 pixels long; a video as eight frames in their order, evenly spaced, the first and the last among them (of
 * fewer frames each once), at most 512 pixels long; or whole, as MP4 (judge-video.ts).
 * @param change of the pixels on the way, of every frame alike: a canary
 * @throws SalonError when the artifact is missing; FileError naming what is wrong with a video; NoFfmpegError where the video cannot
 *   be read or written without; Error when an image cannot be read
 */
export async function readForJudge(sha256: string, sees: Sees, change?: Change): Promise<Shown> {
  const bytes = await getArtifact(sha256);
  if (sees === "image") return { type: "png", files: [await encode(openImage(bytes), change)] };
  const video = { name: "The stored video", bytes, file: artifactPath(sha256) };
  return showVideo(video, sees, change);
}

/** A video that is no artifact as judges are shown it. @throws FileError, NoFfmpegError as readForJudge */
export const showVideo = (video: Video, sees: "frames" | "video", change?: Change): Promise<Shown> =>
  inTurn(async () =>
    sees === "frames"
      ? { type: "png", files: await encodeFrames(video, change) }
      : { type: "mp4", files: [await encodeJudgeVideo(video, change)] },
  );

/** An image that is no artifact as judges are shown it. @throws Error when it cannot be read */
export const showImage = async (bytes: Uint8Array): Promise<Shown> => ({
  type: "png",
  files: [await encode(openImage(bytes))],
});

async function encodeFrames(video: Video, change?: Change): Promise<Buffer[]> {
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

async function encode(image: Sharp, change?: Change): Promise<Buffer> {
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
