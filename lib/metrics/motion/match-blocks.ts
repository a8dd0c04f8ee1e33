/** Side of a block, and how far it is looked for, in pixels. */
const BLOCK = 8;
const REACH = 7;
/** Mean difference a pixel by which a longer way must be better: noise alone moves nothing. */
const STAY = 0.5;

/** Brightness of one frame (Rec. 601 luma, 0 to 255), rows top to bottom, with a border of REACH pixels that repeats its edge. */
export interface Luma {
  width: number;
  height: number;
  bordered: Float32Array;
}

const strideOf = (width: number) => width + 2 * REACH;
/** Place of a pixel in the bordered values. */
const placeOf = (stride: number, x: number, y: number) => (y + REACH) * stride + x + REACH;

/** A frame from its values, rows top to bottom. */
export function lumaOf(width: number, height: number, values: Float32Array): Luma {
  const stride = strideOf(width);
  const bordered = new Float32Array(stride * (height + 2 * REACH));
  for (let y = -REACH; y < height + REACH; y++) {
    const row = Math.min(height - 1, Math.max(0, y)) * width;
    for (let x = -REACH; x < width + REACH; x++)
      bordered[placeOf(stride, x, y)] = values[row + Math.min(width - 1, Math.max(0, x))];
  }
  return { width, height, bordered };
}

/** One block of a frame: its corner, and by how many pixels it has moved since the other frame. */
export interface BlockMotion {
  x: number;
  y: number;
  dx: number;
  dy: number;
}

/**
 * For each block of a grid, the displacement d for which `after` at p + k d differs least from `before` at p - d, over the block's
 * pixels p, by exhaustive search: block matching, as video coders do it (Jain & Jain 1981). Of ways of equal merit the shortest.
 */
function search(before: Luma, after: Luma, k: 0 | 1): BlockMotion[] {
  const { width, height } = after;
  const stride = strideOf(width);
  const motions: BlockMotion[] = [];
  for (let y = 0; y < height; y += BLOCK) {
    for (let x = 0; x < width; x += BLOCK) {
      const [across, down] = [Math.min(BLOCK, width - x), Math.min(BLOCK, height - y)];
      const cost = (dx: number, dy: number, most: number) => {
        // A standing block costs nothing beside its difference; how far another goes decides between equals.
        const way = dx === 0 && dy === 0 ? 0 : STAY + 1e-3 * Math.hypot(dx, dy);
        let sum = way * across * down;
        for (let row = 0; row < down && sum < most; row++) {
          const there = placeOf(stride, x + k * dx, y + row + k * dy);
          const here = placeOf(stride, x - dx, y + row - dy);
          for (let i = 0; i < across; i++)
            sum += Math.abs(after.bordered[there + i] - before.bordered[here + i]);
        }
        return sum;
      };
      let best = { x, y, dx: 0, dy: 0 };
      let least = cost(0, 0, Infinity);
      for (let dy = -REACH; dy <= REACH; dy++) {
        for (let dx = -REACH; dx <= REACH; dx++) {
          const sum = cost(dx, dy, least);
          if (sum < least) [least, best] = [sum, { x, y, dx, dy }];
        }
      }
      motions.push(best);
    }
  }
  return motions;
}

/** How each block of `next` has moved since `before`. */
export const matchBlocks = (before: Luma, next: Luma): BlockMotion[] => search(before, next, 0);

/** How each block of the frame between two moves from `before` to it, and on from it to `after`, if it moves evenly. */
export const matchThrough = (before: Luma, after: Luma): BlockMotion[] => search(before, after, 1);

/** Mean absolute difference between a frame and what its blocks' motions make of others: `predict` gives the value at a pixel. */
function meanDifference(
  { width, height, bordered }: Luma,
  motions: readonly BlockMotion[],
  predict: (x: number, y: number, motion: BlockMotion) => number,
): number {
  let sum = 0;
  for (const motion of motions) {
    for (let y = motion.y; y < Math.min(motion.y + BLOCK, height); y++)
      for (let x = motion.x; x < Math.min(motion.x + BLOCK, width); x++)
        sum += Math.abs(bordered[placeOf(strideOf(width), x, y)] - predict(x, y, motion));
  }
  return sum / (width * height);
}

/** Mean difference between a frame and `before` as its blocks have moved. */
export function differenceAlong(before: Luma, next: Luma, motions: readonly BlockMotion[]): number {
  const stride = strideOf(before.width);
  return meanDifference(
    next,
    motions,
    (x, y, { dx, dy }) => before.bordered[placeOf(stride, x - dx, y - dy)],
  );
}

/** Mean difference between a frame and the middle of its neighbours along the blocks' ways. */
export function differenceFromMiddle(
  before: Luma,
  middle: Luma,
  after: Luma,
  motions: readonly BlockMotion[],
): number {
  const stride = strideOf(before.width);
  return meanDifference(middle, motions, (x, y, { dx, dy }) => {
    const [from, to] = [placeOf(stride, x - dx, y - dy), placeOf(stride, x + dx, y + dy)];
    return (before.bordered[from] + after.bordered[to]) / 2;
  });
}
