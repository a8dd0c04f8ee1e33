import sharp from "sharp";
import type { Video } from "@/lib/media/video-source";
import { isContainer, notAVideo, sniffVideoFormat } from "@/lib/media/video-format";
import type { DecodedImage } from "@/lib/media/decode-image";
import { DEFAULT_MAX_PIXELS, decodeImage } from "@/lib/media/decode-image";
import { FileError } from "@/lib/media/files/file-error";
import { videoTiming } from "@/lib/media/video-timing";
import { unpackFrames } from "@/lib/media/pack-frames";
import { shownFrame, type ShownTimes } from "@/lib/media/shown-frame";
import { runFfmpeg } from "@/lib/media/run-ffmpeg";

// decodeImage lets nothing but PNG, JPEG and WebP through by their first bytes, so this widens videos only.
sharp.unblock({ operation: ["VipsForeignLoadNsgif"] });

/**
 * Which frames of a video are taken: the first, evenly spaced ones from first to last, or the first at a rate; `untimed`: what is
 * done with a folder of frames, which has none (refused unless told).
 */
export type FrameRule = "first" | "even" | { fps: number; untimed?: "first" };

/** How the command line and a protocol write a rule. */
export const frameRuleName = (rule: FrameRule): string =>
  typeof rule === "string" ? rule : `fps=${rule.fps}`;

export interface DecodeOptions {
  /** "first" unless told. */
  rule?: FrameRule;
  /** As few frames do where the video has no more; as many as are asked for unless told. */
  least?: number;
  /** Longest side of a frame, in pixels: larger ones are made smaller as they are decoded. */
  longestSide?: number;
  /** Told what is wrong with a video that is damaged but gave its frames; without it a damaged video is refused. */
  onDamage?: (complaint: string) => void;
}

/**
 * `frames` frames of a video, each as it is stored (turned as it says that it is to be held; where a video file changes its size on
 * the way, scaled to that of its first frame): of a variable rate or a late start no frame is repeated or dropped to keep time.
 * @throws FileError naming the video: too few frames, damaged, frames of several sizes, no ffmpeg for a video file
 */
export async function decodeVideo(
  video: Video,
  frames: number,
  options: DecodeOptions = {},
): Promise<DecodedImage[]> {
  const format = sniffVideoFormat(video.bytes);
  if (format === null) throw notAVideo(video);
  const decoded = isContainer(format)
    ? await containerFrames(video, frames, options)
    : await stillFrames(video, frames, format, options);
  const { least = frames } = options;
  if (decoded.length < least) {
    throw new FileError(video.name, `has ${decoded.length} frames, but ${least} are needed.`);
  }
  const [{ width, height }] = decoded;
  if (decoded.some((frame) => frame.width !== width || frame.height !== height)) {
    throw new FileError(video.name, "has frames of several sizes.");
  }
  return decoded;
}

/** Of an animation or packed frames. */
async function stillFrames(
  video: Video,
  frames: number,
  format: "gif" | "webp" | "frames",
  { rule = "first", longestSide }: DecodeOptions,
): Promise<DecodedImage[]> {
  const decode = (video: Video, places: readonly number[]) =>
    (format === "frames" ? packedFrames : animationFrames)(video, places, longestSide);
  const first = Array.from({ length: frames }, (_, at) => at);
  if (rule === "first") return decode(video, first);
  const { frames: total, fps, delays } = await videoTiming(video);
  if (rule !== "even" && fps === null) {
    if (rule.untimed === "first") return decode(video, first);
    throw new FileError(
      video.name,
      "is a folder of frames, which have no rate: take the first or evenly spaced ones.",
    );
  }
  const times = { frames: total, rate: fps!, delays };
  return decode(video, rule === "even" ? evenly(total, frames) : atRate(times, frames, rule.fps));
}

/** Places of `count` frames from the first to the last of `total`; fewer where there are not so many. */
const evenly = (total: number, count: number) =>
  total <= count || count === 1
    ? Array.from({ length: Math.min(total, count) }, (_, i) => i)
    : Array.from({ length: count }, (_, i) => Math.round((i * (total - 1)) / (count - 1)));

/** Places of the frames that are shown at the first `count` moments at a rate. */
const atRate = (times: ShownTimes, count: number, fps: number) =>
  Array.from({ length: count }, (_, i) => shownFrame(times, i / fps)).filter((at) => at !== null);

/** @param places in rising order; those beyond the last frame are left out */
async function packedFrames(
  video: Video,
  places: readonly number[],
  longestSide?: number,
): Promise<DecodedImage[]> {
  const { frames } = await unpackFrames(video, Math.max(...places) + 1);
  const wanted = places.flatMap((at) => (at < frames.length ? [frames[at]] : []));
  if (longestSide === undefined) return Promise.all(wanted.map((frame) => decodeImage(frame.bytes, frame)));
  const decoded: DecodedImage[] = [];
  for (const frame of wanted) decoded.push(await atMost(longestSide, await decodeImage(frame.bytes, frame)));
  return decoded;
}

/** So many bytes of frames are decoded at once; an animation of more is gone through again for each frame that is wanted. */
const ONE_PASS_BYTES = 256 * 2 ** 20;

/** @param places as of packedFrames */
async function animationFrames(
  video: Video,
  places: readonly number[],
  longestSide?: number,
): Promise<DecodedImage[]> {
  try {
    const { pages = 1, width, height, pageHeight = height } = await sharp(video.bytes).metadata();
    const wanted = places.filter((at) => at < pages);
    const passed = Math.max(...wanted) + 1;
    if (longestSide !== undefined) {
      // Piece by piece, so that only small frames are held together.
      const decoded: DecodedImage[] = [];
      const piece = Math.max(1, Math.floor(ONE_PASS_BYTES / (width * pageHeight * 3)));
      for (let from = 0; from < passed; from += piece) {
        const here = wanted.filter((at) => at >= from && at < from + piece);
        if (here.length === 0) continue;
        const frames = await animationRange(video, from, Math.min(piece, passed - from));
        for (const at of here) decoded.push(await atMost(longestSide, frames[at - from]));
      }
      return decoded;
    }
    if (passed <= wanted.length || passed * width * pageHeight * 3 <= ONE_PASS_BYTES) {
      const decoded = await animationRange(video, 0, passed);
      return wanted.map((at) => decoded[at]);
    }
    const decoded: DecodedImage[] = [];
    for (const at of wanted) decoded.push(...(await animationRange(video, at, 1)));
    return decoded;
  } catch (error) {
    throw new FileError(video.name, "is damaged or no animation.", { cause: error });
  }
}

/** A frame no longer than so many pixels; one that is not stays the same pixels. */
async function atMost(longestSide: number, frame: DecodedImage): Promise<DecodedImage> {
  const { width, height, data } = frame;
  if (Math.max(width, height) <= longestSide) return { ...frame, data: Buffer.from(data) };
  const { data: small, info } = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize({ width: longestSide, height: longestSide, fit: "inside" })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { ...frame, width: info.width, height: info.height, data: small };
}

async function animationRange(video: Video, page: number, pages: number): Promise<DecodedImage[]> {
  const { data, info } = await sharp(video.bytes, {
    page,
    pages,
    failOn: "error",
    limitInputPixels: pages * DEFAULT_MAX_PIXELS,
  })
    .removeAlpha()
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  // Frames come as one tall image.
  const height = info.height / pages;
  const size = info.width * height * 3;
  return Array.from({ length: pages }, (_, i) => ({
    width: info.width,
    height,
    data: data.subarray(i * size, (i + 1) * size),
    format: "webp",
  }));
}

/**
 * Frames of a video file by the system's ffmpeg, which writes them as PPM images to a pipe: 8 bits whatever the source has, and one
 * image for each stored frame.
 */
async function containerFrames(
  video: Video,
  frames: number,
  { rule = "first", longestSide, onDamage }: DecodeOptions,
): Promise<DecodedImage[]> {
  const filters = [
    ...(rule === "first"
      ? []
      : [rule === "even" ? await selectEvenly(video, frames) : `fps=${rule.fps}:round=up`]),
    ...(longestSide === undefined ? [] : [scaleTo(longestSide)]),
  ];
  const filter = filters.length === 0 ? [] : ["-vf", filters.join(",")];
  // A video that changes its size is refused below, not scaled unasked.
  const to = [
    "-autoscale",
    "0",
    "-frames:v",
    String(frames),
    "-pix_fmt",
    "rgb24",
    "-f",
    "image2pipe",
    "-c:v",
    "ppm",
    "-",
  ];
  const run = (timing: string[]) =>
    runFfmpeg("ffmpeg", video, {
      before: ["-nostdin"],
      after: ["-map", "0:v:0", ...filter, ...timing, ...to],
    });
  const { output, complaints } = await run(["-fps_mode", "passthrough"]).catch((error: unknown) => {
    // ffmpeg before 5.1 knows the option by another name.
    if (error instanceof FileError && error.message.includes("fps_mode"))
      return run(["-vsync", "passthrough"]);
    throw error;
  });
  if (complaints.length > 0) {
    if (onDamage === undefined) throw new FileError(video.name, `is damaged: ${complaints[0]}`);
    onDamage(complaints[0]);
  }
  return parsePpm(output, video.name);
}

/**
 * The filter that lets through what `evenly` names: frame n, where an i has round(i (total - 1) / (count - 1)) = n. A list of hundreds of
 * places is more than ffmpeg's expressions take.
 */
async function selectEvenly(video: Video, count: number): Promise<string> {
  const { frames: total } = await videoTiming(video);
  if (total <= count) return "null";
  const [steps, last] = [count - 1, total - 1];
  return count === 1
    ? "select='eq(n,0)'"
    : `select='lt(ceil((n-0.5)*${steps}/${last})*${last},(n+0.5)*${steps})'`;
}

const scaleTo = (side: number) =>
  `scale=w='min(iw,${side})':h='min(ih,${side})':force_original_aspect_ratio=decrease:flags=area`;

/** Concatenated binary PPM images of 8 bits. */
function parsePpm(bytes: Buffer, file: string): DecodedImage[] {
  const frames: DecodedImage[] = [];
  for (let at = 0; at < bytes.length;) {
    const header = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString("latin1", at, at + 64));
    if (!header) throw new FileError(file, "gave frames that cannot be read.");
    const [width, height] = [Number(header[1]), Number(header[2])];
    const start = at + header[0].length;
    at = start + width * height * 3;
    frames.push({ width, height, data: bytes.subarray(start, at), format: "png" });
  }
  return frames;
}
