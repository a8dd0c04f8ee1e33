/** When the frames of a video are shown: all alike at a rate, or each for its own time. */
export interface ShownTimes {
  frames: number;
  /** Frames a second. */
  rate: number;
  /** Milliseconds that each is shown, where they differ. */
  delays?: readonly number[] | null;
}

/** A moment that falls on a frame's beginning is that frame's, whatever the division rounds to. */
const SLACK = 1e-3;

/** Which stored frame of a video is shown so many seconds after its beginning; null: it is over. */
export function shownFrame({ frames, rate, delays }: ShownTimes, seconds: number): number | null {
  if (!delays) {
    const frame = Math.floor(seconds * rate + SLACK);
    return frame < frames ? frame : null;
  }
  let end = 0;
  const frame = delays.findIndex((ms) => seconds + SLACK < (end += ms / 1000));
  return frame === -1 ? null : frame;
}
