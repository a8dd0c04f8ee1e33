import { normalQuantile, twoSidedP } from "@/lib/numerics/normal";
import { mean, standardDeviation } from "@/lib/numerics/sample-statistics";
import { studentQuantile, studentTwoSidedP } from "@/lib/numerics/student";
import { MetricError } from "@/lib/metrics/metric-error";

/**
 * What a metric's sampling unit is: what its interval speaks about drawing again. "generated": the generated samples, the real
 * ones fixed. "splits": both, by common random splits of the two sets (split-variance.ts).
 */
export type SamplingUnit = "generated" | "splits";

/**
 * A metric's value with its uncertainty. `influence[i]` is how far unit i pulls the value, so that the value
 * varies like the mean of the influences: the one form in which every metric here states its uncertainty, be
 * it a mean of indicators, a U-statistic (Hoeffding's projection), a jackknife over groups (pseudo-values) or
 * the values of random parts of the sets.
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

/**
 * Degrees of freedom of a variance taken from random splits: the splits overlap, so they are worth fewer than their number. From
 * simulation (tests/bench/metrics/split-coverage.ts): with so many, intervals and tests hold what they say. The spread of the variance
 * estimate by itself would ask for fewer (some 25), but it also errs upwards, and with both, intervals would be too wide.
 */
const SPLIT_FREEDOM = 60;

const freedomOf = (unit: SamplingUnit, n: number) => (unit === "splits" ? SPLIT_FREEDOM : n - 1);

/** Estimate from a value and its units' influences: value -+ t * sd / sqrt(n), t with n - 1 degrees of freedom (fewer of splits). */
export function estimateOf(
  value: number,
  influence: Float64Array,
  { unit = "generated", level = 0.95, range = [-Infinity, Infinity] }: EstimateOptions = {},
): Estimate {
  const n = influence.length;
  if (n < 2) throw new MetricError("TOO_FEW", `An interval needs at least 2 samples, not ${n}.`);
  const standardError = standardDeviation(influence) / Math.sqrt(n);
  const reach = studentQuantile(1 - (1 - level) / 2, freedomOf(unit, n)) * standardError;
  const low = Math.max(range[0], value - reach);
  const high = Math.min(range[1], value + reach);
  return { value, low, high, standardError, level, influence, unit };
}

/** Estimate of a mean of per-unit numbers, such as indicators. */
export function estimateOfMean(values: Float64Array, options: EstimateOptions = {}): Estimate {
  return estimateOf(mean(values), values, options);
}

/**
 * The ratio of two estimates over the same units, by the delta method: what they share (hard samples) is not counted twice.
 * @throws MetricError DIMENSION when their units do not match
 */
export function estimateOfRatio(over: Estimate, under: Estimate, options: EstimateOptions = {}): Estimate {
  if (over.influence.length !== under.influence.length || over.unit !== under.unit) {
    throw new MetricError("DIMENSION", "A ratio needs estimates over the same units.");
  }
  const ratio = over.value / under.value;
  const [a, b] = [mean(over.influence), mean(under.influence)];
  const influence = over.influence.map(
    (value, i) => ratio + (value - a - ratio * (under.influence[i] - b)) / under.value,
  );
  return estimateOf(ratio, influence, { unit: over.unit, ...options });
}

/** The difference of one metric between two models, and whether it is more than sampling. */
export interface PairedDifference {
  difference: number;
  low: number;
  high: number;
  standardError: number;
  /** Two-sided; Student's t where the variance is from splits, else the normal approximation. */
  pValue: number;
  /** Whether unit i of both models was matched (same prompt, same split of the same real samples). */
  paired: boolean;
}

/**
 * first - second with its interval. Paired, unit i of one model is set against unit i of the other, which
 * takes out what the two share (hard prompts, the same real samples); unpaired, the variances add.
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
  const freedom = [first, second].some(({ unit }) => unit === "splits") ? SPLIT_FREEDOM : Infinity;
  const upper = 1 - (1 - level) / 2;
  const reach =
    (freedom === Infinity ? normalQuantile(upper) : studentQuantile(upper, freedom)) * standardError;
  const pValue = standardError > 0 ? pOf(difference / standardError, freedom) : difference === 0 ? 1 : 0;
  return { difference, low: difference - reach, high: difference + reach, standardError, pValue, paired };
}

const pOf = (score: number, freedom: number) =>
  freedom === Infinity ? twoSidedP(score) : studentTwoSidedP(score, freedom);

/**
 * Whether two estimates of one metric can be set against each other unit by unit. Splits are of the same real samples whatever the
 * generated ones are; generated samples match where the prompts do.
 */
export function canPair(first: Estimate, second: Estimate, samePrompts: boolean): boolean {
  const { length } = first.influence;
  const sameUnits = first.unit === second.unit && length > 0 && length === second.influence.length;
  return sameUnits && (samePrompts || first.unit === "splits");
}
