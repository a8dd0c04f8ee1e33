/** A sample's measurable style: what a viewer may reward although the model deserves no credit for it. */
export interface StyleFeature {
  name: string;
  /** `log`: the ratio counts (twice as large, wherever one starts), so the difference is of logarithms. */
  scale: "linear" | "log";
  unit: string;
}

/** Covariates of an image battle, beside the side it was shown on. */
export const IMAGE_STYLE: readonly StyleFeature[] = [
  { name: "resolution", scale: "log", unit: "pixels" },
  { name: "aspect", scale: "log", unit: "width / height" },
  { name: "saturation", scale: "linear", unit: "mean, 0 to 1" },
  { name: "sharpness", scale: "log", unit: "variance of the Laplacian" },
  { name: "fileSize", scale: "log", unit: "bytes" },
  { name: "renderedText", scale: "linear", unit: "characters" },
  { name: "latency", scale: "log", unit: "seconds, where it was shown" },
];

/** Covariates of a video battle. */
export const VIDEO_STYLE: readonly StyleFeature[] = [
  ...IMAGE_STYLE,
  { name: "duration", scale: "log", unit: "seconds" },
  { name: "fps", scale: "log", unit: "frames a second" },
];

/** The side covariate: +1 when a was shown on the left, -1 when on the right. Its coefficient is the side bias. */
export const SIDE = "side";

/**
 * Differences a - b in the order of `features`, and the side last: the covariates of one vote for fitCovariates.
 * Null when either sample lacks a feature: such a vote is left out of the fit, never counted as zero.
 */
export function styleDifferences(
  features: readonly StyleFeature[],
  a: Readonly<Record<string, number | null | undefined>>,
  b: Readonly<Record<string, number | null | undefined>>,
  aOnLeft: boolean,
): number[] | null {
  const differences: number[] = [];
  for (const { name, scale } of features) {
    const [x, y] = [a[name], b[name]];
    if (x === null || y === null || x === undefined || y === undefined) return null;
    const difference = scale === "log" ? Math.log(x) - Math.log(y) : x - y;
    if (!Number.isFinite(difference)) return null;
    differences.push(difference);
  }
  return [...differences, aOnLeft ? 1 : -1];
}
