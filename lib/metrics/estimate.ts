import { mean, standardDeviation } from "@/lib/numerics/sample-statistics";
import { studentQuantile } from "@/lib/numerics/student";
import { MetricError } from "@/lib/metrics/metric-error";
import { normalQuantile, twoSidedP } from "@/lib/numerics/normal";

/** What a metric's sampling unit is: what its interval speaks about drawing again. */
export type SamplingUnit = "generated" | "real" | "both";

/**
 * A metric's value with its uncertainty. `influence[i]` is how far unit i pulls the value, so that the value
 * varies like the mean of the influences: the one form in which every metric here states its uncertainty, be
 * it a mean of indicators, a U-statistic (Hoeffding's projection) or a jackknife over groups (pseudo-values).
 */
export interface Estimate {
  value: number;
  low: number;
  high: number;
  standardError: number;
  /** Coverage aimed at by low..high. */
  level: number;
  influence: Float64Array;
  unit: SamplingUnit;
}

export interface EstimateOptions {
  unit?: SamplingUnit;
  level?: number;
  /** Bounds of the metric; the interval is clipped to them. */
  range?: [number, number];
}

/** Estimate from a value and its units' influences: value -+ t * sd / sqrt(n), t with n - 1 degrees of freedom. */
export function estimateOf(
  value: number,
  influence: Float64Array,
  { unit = "generated", level = 0.95, range = [-Infinity, Infinity] }: EstimateOptions = {},
): Estimate {
  const n = influence.length;
  if (n < 2) throw new MetricError("TOO_FEW", `An interval needs at least 2 samples, not ${n}.`);
  const standardError = standardDeviation(influence) / Math.sqrt(n);
  const reach = studentQuantile(1 - (1 - level) / 2, n - 1) * standardError;
  const low = Math.max(range[0], value - reach);
  const high = Math.min(range[1], value + reach);
  return { value, low, high, standardError, level, influence, unit };
}

/** Estimate of a mean of per-unit numbers, such as indicators. */
export function estimateOfMean(values: Float64Array, options: EstimateOptions = {}): Estimate {
  return estimateOf(mean(values), values, options);
}

/** The difference of one metric between two models, and whether it is more than sampling. */
export interface PairedDifference {
  difference: number;
  low: number;
  high: number;
  standardError: number;
  /** Two-sided, normal approximation. */
  pValue: number;
  /** Whether unit i of both models was matched (same prompt, same reference sample). */
  paired: boolean;
}

/**
 * first - second with its interval. Paired, unit i of one model is set against unit i of the other, which
 * takes out what the two share (hard prompts, hard reference samples); unpaired, the variances add.
 * @throws MetricError DIMENSION when pairing is asked for and the units do not match.
 */
export function pairedDifference(
  first: Estimate,
  second: Estimate,
  { paired = true, level = 0.95 }: { paired?: boolean; level?: number } = {},
): PairedDifference {
  const difference = first.value - second.value;
  let standardError = Math.hypot(first.standardError, second.standardError);
  if (paired) {
    if (first.influence.length !== second.influence.length || first.unit !== second.unit) {
      throw new MetricError(
        "DIMENSION",
        `A paired test needs as many units of the same kind on both sides, not ${first.influence.length} ${first.unit} and ${second.influence.length} ${second.unit}.`,
      );
    }
    const centre = [mean(first.influence), mean(second.influence)];
    const gaps = first.influence.map((value, i) => value - centre[0] - (second.influence[i] - centre[1]));
    standardError = standardDeviation(gaps) / Math.sqrt(gaps.length);
  }
  const reach = normalQuantile(1 - (1 - level) / 2) * standardError;
  const pValue = standardError > 0 ? twoSidedP(difference / standardError) : difference === 0 ? 1 : 0;
  return { difference, low: difference - reach, high: difference + reach, standardError, pValue, paired };
}
