import type { FeatureArray } from "@/lib/metrics/metric-error";
import { MetricError, requireFinite, rowCount } from "@/lib/metrics/metric-error";

/** Features of a set of samples: `n` rows of `dimension` numbers, row-major. */
export interface FeatureSet {
  data: FeatureArray;
  dimension: number;
  n: number;
}

/**
 * Checks and wraps an [n, d] array.
 * @throws MetricError DIMENSION, NOT_FINITE (with the row), EMPTY
 */
export function featureSet(data: FeatureArray, dimension: number, what = "features"): FeatureSet {
  const n = rowCount(data, dimension);
  if (n === 0) throw new MetricError("EMPTY", `There are no ${what}.`);
  requireFinite(data, dimension, what);
  return { data, dimension, n };
}

/** Rows start..end of a set, without copying. */
export function rowsOf(set: FeatureSet, start: number, end: number): FeatureSet {
  const { data, dimension } = set;
  return { data: data.subarray(start * dimension, end * dimension), dimension, n: end - start };
}

/** The rows of the given indices, copied. */
export function pickRows(set: FeatureSet, indices: ArrayLike<number>): FeatureSet {
  const { dimension } = set;
  const data = new Float64Array(indices.length * dimension);
  for (let i = 0; i < indices.length; i++) {
    const from = indices[i] * dimension;
    data.set(set.data.subarray(from, from + dimension), i * dimension);
  }
  return { data, dimension, n: indices.length };
}

/**
 * @throws MetricError DIMENSION when the two sets' features differ in length, TOO_FEW below `least` samples each.
 */
export function requireComparable(real: FeatureSet, fake: FeatureSet, least: number, metric: string): void {
  if (real.dimension !== fake.dimension) {
    throw new MetricError(
      "DIMENSION",
      `${metric} cannot compare real features of ${real.dimension} dimensions with generated ones of ${fake.dimension}.`,
    );
  }
  for (const [set, name] of [
    [real, "real"],
    [fake, "generated"],
  ] as const) {
    if (set.n < least) {
      const text = `${metric} needs at least ${least} ${name} samples, not ${set.n}.`;
      throw new MetricError("TOO_FEW", text, name);
    }
  }
}
