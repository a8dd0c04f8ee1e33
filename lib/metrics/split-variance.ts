import type { Estimate, EstimateOptions } from "@/lib/metrics/estimate";
import { estimateOf } from "@/lib/metrics/estimate";
import { sampleWithoutReplacement } from "@/lib/metrics/resampling";
import { seededRandom } from "@/lib/numerics/random";

/** How the two sets are split: so many random splits, each into so many equal parts. */
export interface SplitPlan {
  splits: number;
  parts: number;
}

/** One seed for all: two models are split alike, so that the real samples they share cancel in their difference. */
const SEED = 20_260_211;

/**
 * Part of every sample in each random split, [splits][n]: parts differ in size by at most one. The same for all sets of n samples.
 */
export function splitParts(n: number, { splits, parts }: SplitPlan): Uint8Array[] {
  const random = seededRandom(SEED);
  return Array.from({ length: splits }, () => {
    const part = new Uint8Array(n);
    sampleWithoutReplacement(n, n, random).forEach((sample, place) => (part[sample] = place % parts));
    return part;
  });
}

/**
 * Estimate of a metric of two sets, both of which may be drawn again. Parts of a split share no sample, so the variance of the
 * metric between them is that of sets of a `parts`-th of the size; the metric's variance falls as one over the size, so a
 * `parts`-th of it is the whole sets' (subsampling: Politis, Romano & Wolf 1999, 2.2).
 *
 * A jackknife would not do here: who is whose nearest neighbour changes by leaps, and leaving out single samples or small groups
 * then overstates the variance of recall and coverage two to three times (tests/bench/metrics/split-coverage.ts has both).
 * @param partValues the metric of each part, [splits][parts]; none: the sets are too small to be split, and the interval is all of
 *   the metric's range, which must be bounded
 */
export function estimateOfSplits(
  value: number,
  partValues: readonly Float64Array[],
  options: Omit<EstimateOptions, "unit"> = {},
): Estimate {
  const splits = partValues.length;
  if (splits === 0) return wholeRange(value, options);
  const parts = partValues[0].length;
  const n = splits * parts;
  // Scaled so that sd^2 / n of the influences is the mean over splits of (variance between parts) / parts.
  const scale = Math.sqrt(((n - 1) * n) / (splits * (parts - 1) * parts));
  const influence = new Float64Array(n);
  partValues.forEach((values, s) => {
    const centre = values.reduce((sum, x) => sum + x, 0) / parts;
    values.forEach((x, p) => (influence[s * parts + p] = scale * (x - centre)));
  });
  return estimateOf(value, influence, { ...options, unit: "splits" });
}

/** Nothing is known of how far the value may move but its bounds; the error is the largest that they allow. */
function wholeRange(
  value: number,
  { level = 0.95, range = [0, 1] }: Omit<EstimateOptions, "unit">,
): Estimate {
  const [low, high] = range;
  return {
    value,
    low,
    high,
    standardError: (high - low) / 2,
    level,
    influence: new Float64Array(0),
    unit: "splits",
  };
}
