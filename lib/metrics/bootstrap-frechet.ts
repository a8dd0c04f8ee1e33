import type { Gaussian, PreparedReference } from "@/lib/metrics/frechet-distance";
import { frechetDistance, gaussianOf, prepareReference } from "@/lib/metrics/frechet-distance";
import type { KernelOptions } from "@/lib/numerics/gram";
import type { Interval } from "@/lib/metrics/interval";
import { mean, quantile, standardDeviation } from "@/lib/numerics/sample-statistics";
import type { FeatureArray } from "@/lib/metrics/metric-error";
import { MetricError, rowCount } from "@/lib/metrics/metric-error";
import { MomentsAccumulator } from "@/lib/metrics/moments";
import { seededRandom } from "@/lib/numerics/random";

export interface BootstrapOptions extends KernelOptions {
  seed: number;
  /** Number of resamples, 200 by default; at least 20. */
  resamples?: number;
  /** Coverage aimed at, 0.95 by default. */
  level?: number;
}

export interface BootstrapInterval extends Interval {
  n: number;
  resamples: number;
  seed: number;
  /** How far the resamples' mean lies above the value: the size bias that resampling adds once more. */
  resamplingBias: number;
}

/**
 * Fréchet distance of features [n, d] to a fixed reference, with a bootstrap interval.
 *
 * What the interval is of: the distance that another n samples of the same model would be expected to show
 * against this same reference. It is not an interval of the distance at infinite n, which lies lower (the
 * distance is biased upward at finite n; see FID-infinity for that), and the reference counts as exact.
 *
 * Resampling with replacement repeats samples, so every resample shows the size bias a second time and the
 * plain percentile interval sits too high, often not even containing the value. The resamples' quantiles
 * are therefore taken about their own mean and placed around the observed value; the shift that this takes
 * away is reported as `resamplingBias`.
 *
 * Cost: resamples * (n d^2 + O(d^3)); meant for d up to a few hundred. For wide features take frechet-jackknife.ts, which
 * needs 20 distances.
 *
 * @throws MetricError TOO_FEW, DIMENSION, NOT_FINITE, OPTION
 */
export async function bootstrapFrechet(
  features: FeatureArray,
  dimension: number,
  reference: Gaussian | PreparedReference,
  { seed, resamples = 200, level = 0.95, kernel }: BootstrapOptions,
): Promise<BootstrapInterval> {
  const n = rowCount(features, dimension);
  if (n < 2) throw new MetricError("TOO_FEW", `A Fréchet distance needs at least 2 samples, not ${n}.`);
  if (resamples < 20)
    throw new MetricError("OPTION", `A bootstrap needs at least 20 resamples, not ${resamples}.`);
  if (!(level > 0 && level < 1))
    throw new MetricError("OPTION", `A level lies between 0 and 1, not ${level}.`);
  const prepared = await prepareReference(reference, { kernel });
  const distanceOf = (rows: FeatureArray) => {
    const accumulator = new MomentsAccumulator(dimension);
    accumulator.add(rows);
    return frechetDistance(gaussianOf(accumulator.finish()), prepared, { kernel });
  };
  const value = await distanceOf(features);
  const random = seededRandom(seed);
  const resampled = new Float64Array(features.length);
  const distances = new Float64Array(resamples);
  for (let r = 0; r < resamples; r++) {
    for (let i = 0; i < n; i++) {
      const from = random.below(n) * dimension;
      resampled.set(features.subarray(from, from + dimension), i * dimension);
    }
    distances[r] = await distanceOf(resampled);
  }
  distances.sort();
  const centre = mean(distances);
  const tail = (1 - level) / 2;
  return {
    value,
    low: Math.max(0, value + quantile(distances, tail) - centre),
    high: value + quantile(distances, 1 - tail) - centre,
    standardError: standardDeviation(distances),
    level,
    n,
    resamples,
    seed,
    resamplingBias: centre - value,
  };
}
