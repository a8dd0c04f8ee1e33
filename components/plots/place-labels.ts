/** Where a label may lie, in pixels: its left upper corner and its size. */
export type Box = { x: number; y: number; width: number; height: number };
type Dot = { x: number; y: number };

/** From a dot's centre to its label. */
const GAP = 8;
/** Kept free around every dot. */
const DOT_RADIUS = 6;
/** Of 12 pixel text, so that a label is never wider than it is taken for; a full-width character takes twice as much. */
const CHARACTER_WIDTH = 6.2;
const LABEL_HEIGHT = 15;
const FULL_WIDTH = /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff00-\uff60]/u;

/** About how wide a label is in the plots' type, in pixels; never less than it is. */
export function labelWidth(text: string): number {
  return [...text].reduce((sum, letter) => sum + CHARACTER_WIDTH * (FULL_WIDTH.test(letter) ? 2 : 1), 0);
}

/**
 * Places for the labels of dots, so that none covers another, a dot, or the edge. Those first in the list choose first.
 * @param dots in pixels, with what each is called
 * @param frame what the labels must stay within
 * @returns one box a dot; null where there is no room: the label is left out
 */
export function placeLabels(dots: readonly (Dot & { text: string })[], frame: Box): (Box | null)[] {
  const taken: Box[] = dots.map(({ x, y }) => ({
    x: x - DOT_RADIUS,
    y: y - DOT_RADIUS,
    width: 2 * DOT_RADIUS,
    height: 2 * DOT_RADIUS,
  }));
  return dots.map((dot) => {
    const found = candidates(dot).find(
      (box) => isWithin(box, frame) && !taken.some((other) => overlap(box, other)),
    );
    if (found === undefined) return null;
    taken.push(found);
    return found;
  });
}

/** The places around a dot, the best one first. */
function candidates({ x, y, text }: Dot & { text: string }): Box[] {
  const [width, height] = [labelWidth(text), LABEL_HEIGHT];
  const [right, left, middle] = [x + GAP, x - GAP - width, x - width / 2];
  const [level, above, below] = [y - height / 2, y - GAP - height, y + GAP];
  return [
    [right, level],
    [left, level],
    [middle, above],
    [middle, below],
    [right, above],
    [left, above],
    [right, below],
    [left, below],
  ].map(([x, y]) => ({ x, y, width, height }));
}

function isWithin(box: Box, frame: Box): boolean {
  return (
    box.x >= frame.x &&
    box.y >= frame.y &&
    box.x + box.width <= frame.x + frame.width &&
    box.y + box.height <= frame.y + frame.height
  );
}

/** Whether two boxes share more than an edge. */
export function overlap(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

/**
 * Heights of labels beside the ends of lines: each as near to its line as it can be, none nearer to another than `gap`, in the lines'
 * own order.
 * @param ys the lines' ends, in pixels
 * @returns one height a line; where there is no room for all, the last ones in the list get none
 */
export function spreadLabels(
  ys: readonly number[],
  { top, bottom, gap = LABEL_HEIGHT }: { top: number; bottom: number; gap?: number },
): (number | null)[] {
  const room = Math.max(0, Math.floor((bottom - top) / gap) + 1);
  const order = ys.map((_, index) => index).slice(0, room);
  order.sort((a, b) => ys[a] - ys[b]);
  const places: (number | null)[] = ys.map(() => null);
  let above = top - gap;
  for (const index of order) places[index] = above = Math.max(ys[index], above + gap);
  let below = bottom + gap;
  for (const index of order.toReversed()) places[index] = below = Math.min(places[index]!, below - gap);
  return places;
}
