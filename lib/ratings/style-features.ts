/** A sample's measurable style: what a viewer may reward although the model deserves no credit for it. */
export interface StyleFeature {
  name: string;
  /**
   * `log`: the ratio counts (twice as large, wherever one starts), so the difference is of logarithms;
   * `log1p`: the same for what may be zero, one unit added first.
   */
  scale: "linear" | "log" | "log1p";
  /** Part of the record: a fit's hash has it in it. What a reader is told of the unit is components/style-text.ts. */
  unit: string;
}

/**
 * Covariates of an image battle, beside the side it was shown on. Latency is not shown to voters (both images
 * appear together): its coefficient is a check that should be near zero.
 */
export const IMAGE_STYLE: readonly StyleFeature[] = [
  { name: "resolution", scale: "log", unit: "pixels" },
  { name: "aspect", scale: "log", unit: "width / height" },
  { name: "brightness", scale: "linear", unit: "mean luma, 0 to 1" },
  { name: "contrast", scale: "linear", unit: "SD of luma, 0 to 0.5" },
  { name: "saturation", scale: "linear", unit: "mean, 0 to 1" },
  { name: "colourfulness", scale: "log1p", unit: "Hasler and Süsstrunk" },
  { name: "sharpness", scale: "log1p", unit: "variance of the Laplacian" },
  { name: "fileSize", scale: "log", unit: "bytes" },
  { name: "latency", scale: "log1p", unit: "milliseconds" },
];

/** Covariates of a video battle. */
export const VIDEO_STYLE: readonly StyleFeature[] = [
  ...IMAGE_STYLE,
  { name: "duration", scale: "log", unit: "seconds" },
  { name: "fps", scale: "log", unit: "frames a second" },
];

/** The side covariate: +1 when a was shown on the left, -1 when on the right. Its coefficient is the side bias. */
export const SIDE = "side";

/** A sample's features by name; null where one could not be measured. */
export type StyleValues = Readonly<Record<string, number | null | undefined>>;

/**
 * Differences a - b in the order of `features`, and the side last: the covariates of one vote for fitCovariates.
 * Null when either sample lacks a feature: such a vote is left out of the fit, never counted as zero.
 */
export function styleDifferences(
  features: readonly StyleFeature[],
  a: StyleValues,
  b: StyleValues,
  aOnLeft: boolean,
): number[] | null {
  const differences: number[] = [];
  for (const { name, scale } of features) {
    const [x, y] = [a[name], b[name]];
    if (x === null || y === null || x === undefined || y === undefined) return null;
    const difference = SCALES[scale](x) - SCALES[scale](y);
    if (!Number.isFinite(difference)) return null;
    differences.push(difference);
  }
  return [...differences, aOnLeft ? 1 : -1];
}

const SCALES = { linear: (x: number) => x, log: Math.log, log1p: Math.log1p } as const;
