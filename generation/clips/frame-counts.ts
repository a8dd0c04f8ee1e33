import { CLIP_FPS, CLIP_FRAMES } from "@/lib/schemas/stack/clip";

/** Frames of a clip for each of its latent frames but the first, which is of one frame alone. */
export const GROUP = 4;
/** Longest clip: eight seconds. */
export const MOST_CLIP_FRAMES = 8 * CLIP_FPS + 1;
/** How many latent frames of what is there the next window may be given. */
export const ANCHOR_COUNTS = [1, 4] as const;
export type AnchorCount = (typeof ANCHOR_COUNTS)[number];

/** Latent frames of a clip. */
export const latentFramesOf = (frames: number): number => 1 + (frames - 1) / GROUP;

/** Whether a clip may have so many frames: 17, 21 and so on to 65. */
export const isFrameCount = (frames: number): boolean =>
  Number.isInteger(latentFramesOf(frames)) && frames >= CLIP_FRAMES && frames <= MOST_CLIP_FRAMES;

/** Seconds from the first frame to the last. */
export const secondsOfFrames = (frames: number): number => (frames - 1) / CLIP_FPS;
export const framesOfSeconds = (seconds: number): number => seconds * CLIP_FPS + 1;

/** One walk of the network over a window of latent frames. */
export interface Window {
  /** Latent frames, from the window's first on, that the network does not draw but is given. */
  given: number;
  /** How many of those that are drawn the clip takes. */
  fresh: number;
}

/**
 * The windows that a clip of `frames` frames is drawn by: the first goes on from a first latent frame, each further one from the clip's
 * last `anchors`. Of the last window only what the clip still lacks is taken.
 * @param windowLatents latent frames that the network works on at once; more than `anchors`
 */
export function windowsOf(frames: number, anchors: number, windowLatents: number): Window[] {
  const windows: Window[] = [{ given: 1, fresh: windowLatents - 1 }];
  for (let left = latentFramesOf(frames) - windowLatents; left > 0; left -= windowLatents - anchors)
    windows.push({ given: anchors, fresh: Math.min(left, windowLatents - anchors) });
  return windows;
}

/** Each latent frame's own time, [rows, latents]: 1, where data stands, for those that are given, and `t` for the others. */
export function frameTimes(rows: number, latents: number, given: number, t: number): Float32Array {
  return Float32Array.from({ length: rows * latents }, (_, at) => (at % latents < given ? 1 : t));
}
