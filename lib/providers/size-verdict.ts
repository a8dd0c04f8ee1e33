import type { SizeVerdict } from "@/lib/schemas/endpoints/capabilities";
import type { SizeMode } from "@/lib/schemas/formats/format-facts";

/** Ratios closer than this are one shape: vendors round theirs to whole blocks of pixels. */
const SHAPE_SLACK = 0.06;

/**
 * What became of a size that was asked for. A ratio is all that some formats are told, and some are told nothing: what comes then
 * is taken as it is.
 * @param asked "WxH"
 */
export function judgeSize(
  mode: SizeMode,
  asked: string,
  came: { width: number; height: number },
): SizeVerdict {
  if (`${came.width}x${came.height}` === asked) return "exact";
  const [width, height] = asked.split("x").map(Number);
  const isShape = Math.abs(Math.log(came.width / came.height / (width / height))) < SHAPE_SLACK;
  if (mode === "none" || (mode === "ratio" && isShape)) return "shape";
  return "other";
}

/** What to change where a size was "other". */
export const wrongSizeText = (asked: string, came: { width: number; height: number }): string =>
  `The image has ${came.width}x${came.height} pixels, but ${asked} was asked for: submit the endpoint with the size it draws.`;
