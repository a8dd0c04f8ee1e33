import type { FeatureSet } from "@/lib/metrics/features";
import { pickRows } from "@/lib/metrics/features";
import type { Gaussian, PreparedReference } from "@/lib/metrics/frechet-distance";
import { frechetDistance, gaussianOf, prepareReference } from "@/lib/metrics/frechet-distance";
import type { KernelOptions } from "@/lib/numerics/gram";
import { MetricError } from "@/lib/metrics/metric-error";
import { MomentsAccumulator } from "@/lib/metrics/moments";
import { sampleWithoutReplacement } from "@/lib/metrics/resampling";
import { seededRandom } from "@/lib/numerics/random";
import { estimateOf } from "@/lib/metrics/estimate";
import { jackknifeOf } from "@/lib/metrics/frechet-jackknife";
import type { Compute } from "@/lib/metrics/metric-input";

export interface InfinityOptions extends KernelOptions {
  seed: number;
  /** How many sample sizes the line is fitted through: 15 by default. */
  points?: number;
  /** The smallest size: 5000 as published, or a tenth of the set (at least 2) when that is fewer. */
  smallest?: number;
  onProgress?: (share: number) => void;
}

export interface FrechetInfinity {
  /** Distance extrapolated to infinitely many generated samples. */
  value: number;
  /** Standard error of the intercept from the scatter about the line. The sizes share samples, so it is a lower bound. */
  standardError: number;
  /** Slope over 1/n: the size bias at n is about slope / n. */
  slope: number;
  /** The fitted points: the sample-size curve. */
  curve: { n: number; distance: number }[];
  seed: number;
}

/**
 * FID-infinity (Chong & Forsyth 2020): distances of random subsets of growing size, regressed on 1/n; the
 * intercept estimates the distance without size bias. Sizes are equally spaced from `smallest` to all samples.
 * @throws MetricError TOO_FEW (20 samples), OPTION
 */
export async function frechetInfinity(
  set: FeatureSet,
  reference: Gaussian | PreparedReference,
  { seed, points = 15, smallest, kernel, onProgress }: InfinityOptions,
): Promise<FrechetInfinity> {
  const { n, dimension } = set;
  if (n < 20) {
    const text = `An extrapolation needs at least 20 generated samples, not ${n}.`;
    throw new MetricError("TOO_FEW", text, "generated");
  }
  const start = smallest ?? (n > 5000 ? 5000 : Math.max(2, Math.ceil(n / 10)));
  if (start < 2 || start >= n || points < 3) {
    throw new MetricError("OPTION", `${points} sizes from ${start} to ${n} samples give no line to fit.`);
  }
  const prepared = await prepareReference(reference, { kernel });
  const random = seededRandom(seed);
  const curve: FrechetInfinity["curve"] = [];
  for (let p = 0; p < points; p++) {
    const size = Math.round(start + ((n - start) * p) / (points - 1));
    const accumulator = new MomentsAccumulator(dimension);
    accumulator.add(pickRows(set, sampleWithoutReplacement(n, size, random)).data);
    const distance = await frechetDistance(gaussianOf(accumulator.finish()), prepared, { kernel });
    onProgress?.((p + 1) / points);
    curve.push({ n: size, distance });
  }
  const x = curve.map((point) => 1 / point.n);
  const meanX = x.reduce((sum, value) => sum + value, 0) / points;
  const meanY = curve.reduce((sum, { distance }) => sum + distance, 0) / points;
  let sxx = 0;
  let sxy = 0;
  curve.forEach(({ distance }, i) => {
    sxx += (x[i] - meanX) ** 2;
    sxy += (x[i] - meanX) * (distance - meanY);
  });
  const slope = sxy / sxx;
  const value = meanY - slope * meanX;
  const residual = curve.reduce((sum, { distance }, i) => sum + (distance - value - slope * x[i]) ** 2, 0);
  const standardError = Math.sqrt((residual / (points - 2)) * (1 / points + meanX ** 2 / sxx));
  return { value, standardError, slope, curve, seed };
}

/** "fd_infinity": the intercept, with an interval that holds the samples' own error too. */
export const computeFrechetInfinity: Compute = async (input) => {
  const { fake, reference, seed, kernel, onProgress } = input;
  const { value, standardError, curve } = await frechetInfinity(fake, reference, {
    seed,
    kernel,
    onProgress,
  });
  // Two sources of error: the scatter about the line, and the samples themselves, which all points share.
  const plain = await jackknifeOf(input);
  const both = Math.hypot(standardError, plain.standardError);
  const stretch = plain.standardError > 0 ? both / plain.standardError : 1;
  // The extrapolated distance of a good model may lie below zero, and so may its interval.
  const influence = plain.influence.map((x) => stretch * x);
  const estimate = estimateOf(value, influence);
  const smallest = curve[0].n;
  const { low, high } = estimate;
  return {
    numbers: { value, low, high, std_error: standardError, smallest_n: smallest },
    estimates: { value: estimate },
    caveat:
      smallest < 5000
        ? { code: "short_extrapolation", from: smallest, published: 5000 }
        : { code: "line_error" },
  };
};
