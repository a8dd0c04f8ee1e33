import type { LoadedBattle } from "@/components/arena/load-battle";

type Size = { width: number; height: number };

/** How one side's image stands in its frame. */
export interface Framed {
  /** Width / height of the frame, the same for both sides. */
  aspect: number;
  /** The image's width in shares of the frame's. */
  share: number;
  /** The image's own width / height. */
  own: number;
}

/**
 * How images of any shapes are shown: all over the same area, as large as that allows, each in the middle of a frame of one shape.
 * Images of one shape fill it.
 */
export function fairFrames(images: readonly Size[]): Framed[] {
  const own = images.map(({ width, height }) => width / height);
  // Of area 1, an image of shape r is sqrt(r) wide and 1 / sqrt(r) high.
  const widest = Math.sqrt(Math.max(...own));
  const highest = 1 / Math.sqrt(Math.min(...own));
  return own.map((own) => ({ aspect: widest / highest, share: Math.sqrt(own) / widest, own }));
}

/** The frames of a pair: of its board's size where its images are not measured, or are videos. */
export function framesOf(battle: LoadedBattle | null): Framed[] {
  if (battle === null) return fairFrames([UNKNOWN, UNKNOWN]);
  const sizes = battle.images.map(({ naturalWidth: width, naturalHeight: height }) => ({ width, height }));
  const isMeasured =
    battle.clip === null && sizes.length === 2 && sizes.every(({ width, height }) => width > 0 && height > 0);
  return fairFrames(isMeasured ? sizes : [battle.size, battle.size]);
}

const UNKNOWN: Size = { width: 1, height: 1 };
