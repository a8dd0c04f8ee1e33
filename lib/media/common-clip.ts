import { shownFrame } from "@/lib/media/shown-frame";
import type { Clip } from "@/lib/schemas/battles";

/** What is noted of a video's time. */
export interface StoredTimes {
  frames: number;
  /** Frames a second; null: frames of a folder, which say nothing of time. */
  rate: number | null;
  seconds: number | null;
  /** Milliseconds that each frame is shown, where they differ. */
  delays?: number[];
}

/** Frames a side at most: ten seconds at 10 a second, and what a page holds decoded with ease. */
const MOST_FRAMES = 96;
/** Frames a second at most. */
const MOST_RATE = 24;
/** Of frames without a rate, such as those of a folder. */
const DEFAULT_RATE = 12;

/**
 * The one clock that both videos of a pair are shown by: as many frames of each, at the same moments, as long as the shorter one
 * lasts, so that neither length nor rate tells anything of a model.
 */
export function commonClip(videos: readonly StoredTimes[]): Clip {
  const rates = videos.map(rateOf);
  const lengths = videos.map(({ frames, seconds }, i) => seconds ?? frames / rates[i]);
  const [rate, seconds] = [Math.min(MOST_RATE, Math.max(...rates)), Math.min(...lengths)];
  const frames = Math.min(MOST_FRAMES, Math.max(1, Math.round(seconds * rate)));
  return {
    frames,
    columns: Math.ceil(Math.sqrt(frames)),
    // Too many frames: fewer a second, and the same length.
    rate: Number((frames === MOST_FRAMES ? frames / seconds : rate).toFixed(3)),
  };
}

/** Frames a second: an animation that keeps a frame that stands still once has the rate of its shortest. */
const rateOf = ({ rate, delays }: Pick<StoredTimes, "rate" | "delays">) =>
  delays ? 1000 / Math.min(...delays) : (rate ?? DEFAULT_RATE);

/** Which stored frame of a video is shown at each moment of the clip. */
export function shownFrames(
  video: Pick<StoredTimes, "frames" | "rate" | "delays">,
  clip: Pick<Clip, "frames" | "rate">,
): number[] {
  const times = { ...video, rate: rateOf(video) };
  return Array.from(
    { length: clip.frames },
    (_, at) => shownFrame(times, at / clip.rate) ?? video.frames - 1,
  );
}
