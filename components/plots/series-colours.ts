/** Line colours that hold on both walls and stay apart for most colour-blind readers; the accent goes first. */
const COLOURS = [
  "var(--accent)",
  "light-dark(#b4562a, #e39a6c)",
  "light-dark(#3d5a9c, #93abe4)",
  "light-dark(#8a6a12, #d3b45a)",
  "light-dark(#7d3f78, #cf98ca)",
  "light-dark(#4c6b2b, #a6c47f)",
];

/** The colour of the n-th series. */
export function seriesColour(index: number): string {
  return COLOURS[index % COLOURS.length];
}

/** Lines of one colour differ by their dashes: beyond six series colour alone would tell two of them apart no more. */
const DASHES = [undefined, "7 4", "2 3"];

/** The dashes of the n-th series; undefined: one line through. */
export function seriesDash(index: number): string | undefined {
  return DASHES[Math.floor(index / COLOURS.length) % DASHES.length];
}
