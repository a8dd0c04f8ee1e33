import {
  differenceAlong,
  differenceFromMiddle,
  lumaOf,
  matchBlocks,
  matchThrough,
  type Luma,
} from "@/lib/metrics/motion/match-blocks";
import { mean } from "@/lib/numerics/sample-statistics";

/** How a video moves, whatever it shows. */
export interface Motion {
  /** Mean difference between a frame and its predecessor with the blocks moved along, in levels of 255: what flickers. */
  flicker: number;
  /** 1 - e / 255, e the mean difference between a frame and the middle of its neighbours along the blocks' ways: 1 is even motion. */
  smoothness: number;
  /** Mean way a frame of the twentieth of the blocks that move most, as a share of the diagonal; 0: nothing moves. */
  dynamicDegree: number;
}

/** Names the way of measuring; another way is another id, and its numbers never stand beside these. */
export const MOTION_ID = "block-motion-1";
/** The first so many frames are looked at. */
export const MOTION_FRAMES = 16;
/** Frames without which nothing can be said: a middle one has two neighbours. */
export const LEAST_FRAMES = 3;
/** Sides beyond this are averaged down, by a whole factor. */
const LONGEST_SIDE = 128;
/** What is said of it where a protocol names the steps before measuring. */
export const MOTION_PREPROCESSING = `luma, at most ${LONGEST_SIDE} pixels a side, first ${MOTION_FRAMES} frames`;

/**
 * Measures how a video moves from its pixels alone: what VBench's temporal flickering, motion smoothness and dynamic degree ask (Huang
 * et al. 2024), with block matching in place of its networks for flow and interpolation, so the numbers are not VBench's.
 * @param frames 8-bit RGB of one size, at least three, in order
 * @throws RangeError for fewer
 */
export function measureMotion(
  frames: readonly { width: number; height: number; data: Uint8Array }[],
): Motion {
  if (frames.length < LEAST_FRAMES) throw new RangeError(`${frames.length} frames do not say how they move`);
  const lumas = frames.map(toLuma);
  const [{ width, height }] = lumas;
  const pairs = lumas.slice(1).map((next, i) => {
    const before = lumas[i];
    const motions = matchBlocks(before, next);
    const ways = motions.map(({ dx, dy }) => Math.hypot(dx, dy)).sort((a, b) => b - a);
    return {
      flicker: differenceAlong(before, next, motions),
      way: mean(ways.slice(0, Math.ceil(ways.length / 20))),
    };
  });
  const middles = lumas.slice(1, -1).map((middle, i) => {
    const [before, after] = [lumas[i], lumas[i + 2]];
    return differenceFromMiddle(before, middle, after, matchThrough(before, after));
  });
  return {
    flicker: mean(pairs.map(({ flicker }) => flicker)),
    smoothness: 1 - mean(middles) / 255,
    dynamicDegree: mean(pairs.map(({ way }) => way)) / Math.hypot(width, height),
  };
}

function toLuma({ width, height, data }: { width: number; height: number; data: Uint8Array }): Luma {
  const factor = Math.max(1, Math.ceil(Math.max(width, height) / LONGEST_SIDE));
  const [across, down] = [Math.floor(width / factor), Math.floor(height / factor)].map((side) =>
    Math.max(1, side),
  );
  const values = new Float32Array(across * down);
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      let sum = 0;
      let count = 0;
      for (let row = y * factor; row < Math.min((y + 1) * factor, height); row++)
        for (let column = x * factor; column < Math.min((x + 1) * factor, width); column++, count++) {
          const i = 3 * (row * width + column);
          sum += 0.299 * data[i] + 0.587 * data[i + 1] + 0.114 * data[i + 2];
        }
      values[y * across + x] = sum / count;
    }
  }
  return lumaOf(across, down, values);
}
