import type { ContrastiveMap } from "@/lib/schemas/stack/contrastive-map";

type Place = readonly [number, number];

/** Room for the marks at the border, in widths of the map. */
const MARGIN = 0.03;

/**
 * Places on a page of width 1, up being up, to a ten-thousandth: both axes keep one scale, so that distances are the plane's own.
 * @returns the places, and the page's height in widths
 */
export function framePoints(points: ContrastiveMap["points"]): {
  points: { image: Place; words: Place }[];
  height: number;
} {
  const all = points.flatMap(({ image, words }) => [image, words]);
  const [left, right] = reach(all.map(([x]) => x));
  const [bottom, top] = reach(all.map(([, y]) => y));
  const scale = (1 - 2 * MARGIN) / (right - left);
  const on = ([x, y]: Place): Place => [
    rounded(MARGIN + (x - left) * scale),
    rounded(MARGIN + (top - y) * scale),
  ];
  return {
    points: points.map(({ image, words }) => ({ image: on(image), words: on(words) })),
    height: rounded(2 * MARGIN + (top - bottom) * scale),
  };
}

const rounded = (place: number) => Math.round(place * 1e4) / 1e4;
const reach = (values: number[]) => [Math.min(...values), Math.max(...values)] as const;
