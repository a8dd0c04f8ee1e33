import { decodeVideo } from "@/lib/media/decode-video";
import { encodeMp4 } from "@/lib/media/encode-mp4";
import { FileError } from "@/lib/media/files/file-error";
import { frameTimes, type FrameTimes } from "@/lib/media/frame-times";
import type { Video } from "@/lib/media/video-source";
import type { Pixels } from "@/lib/rubrics/report/canaries";

/** What a judge is shown of a whole video: as much as a frame of eight is large, and 0.4 GB of decoded frames at most. */
const LIMITS = {
  longestSide: 512,
  frames: 480,
  seconds: 60,
  /** Frames a second of a video whose frames are not evenly spaced: frames in between are shown again. */
  rate: 60,
};

/** How protocols name it. */
export const WHOLE_VIDEO = `whole video, all frames at their own times (of more than ${LIMITS.frames} as many, evenly spaced), MP4 (H.264), at most ${LIMITS.longestSide} pixels long, without sound`;

/**
 * A video made anew as MP4, without sound and metadata: all its frames (of more than 480 as many, evenly spaced, the first and the
 * last among them) at their own times, at most 512 pixels long.
 * @param change of the pixels of every frame alike
 * @throws FileError naming the video: longer than a minute, damaged, of one frame, larger as MP4 than 16 MiB; NoFfmpegError
 */
export async function encodeJudgeVideo(
  video: Video,
  change: (pixels: Pixels) => Pixels = (pixels) => pixels,
): Promise<Buffer> {
  const times = await frameTimes(video);
  if (times.end > LIMITS.seconds) {
    const most = `whole videos of at most ${LIMITS.seconds} seconds are shown`;
    throw new FileError(video.name, `lasts ${Math.ceil(times.end)} seconds: ${most}.`);
  }
  const { longestSide } = LIMITS;
  const decoded = await decodeVideo(video, LIMITS.frames, { rule: "even", least: 1, longestSide });
  for (const [at, frame] of decoded.entries()) decoded[at] = { ...frame, ...change(frame) };
  const [{ width, height }] = decoded;
  const { rate, places } = isEven(times)
    ? { rate: decoded.length / times.end, places: decoded.keys() }
    : beatsOf(thinned(times, decoded.length));
  return encodeMp4(video.name, { width, height, rate, frames: inOrder(decoded, places) });
}

/** Whether frames begin within a tenth of a frame of even times, or within what times in milliseconds are rounded by. */
export function isEven({ starts, end }: FrameTimes): boolean {
  const rate = starts.length / end;
  return starts.every((start, at) => Math.abs(start - at / rate) < Math.max(0.1 / rate, 0.002));
}

/** Times of as many frames, as decodeVideo takes them by its rule "even". */
function thinned({ starts, end }: FrameTimes, count: number): FrameTimes {
  if (count === starts.length || count === 1) return { starts: starts.slice(0, count), end };
  const last = starts.length - 1;
  return {
    starts: Array.from({ length: count }, (_, i) => starts[Math.round((i * last) / (count - 1))]),
    end,
  };
}

/**
 * Which frame is shown at each beat of an even rate, where frames are not: the shortest is one beat, up to 60 a second, and longer ones
 * are several.
 */
export function beatsOf({ starts, end }: FrameTimes): { rate: number; places: number[] } {
  const ends = [...starts.slice(1), end];
  const shortest = Math.min(...ends.map((next, at) => next - starts[at]).filter((seconds) => seconds > 0));
  const rate = Math.min(LIMITS.rate, 1 / shortest);
  let at = 0;
  const places = Array.from({ length: Math.max(1, Math.round(end * rate)) }, (_, beat) => {
    // A beat that falls on a frame's beginning is that frame's, whatever the division rounds to.
    while (at + 1 < starts.length && starts[at + 1] <= beat / rate + 1e-3) at++;
    return at;
  });
  return { rate, places };
}

function* inOrder(frames: readonly { data: Uint8Array }[], places: Iterable<number>): Generator<Uint8Array> {
  for (const at of places) yield frames[at].data;
}
