import type { Caveat } from "@/lib/schemas/metrics/caveat";
import type { Estimate } from "@/lib/metrics/estimate";
import type { FeatureSet } from "@/lib/metrics/features";
import type { PreparedReference } from "@/lib/metrics/frechet-distance";
import type { GramKernel } from "@/lib/numerics/gram";

/** What metrics are computed from. */
export interface MetricInput {
  /** Mean and covariance of the reference set. */
  reference: PreparedReference;
  /** Its features; null when only its statistics are known. */
  real: FeatureSet | null;
  fake: FeatureSet;
  /** Class logits of the generated samples, where the encoder is a classifier. */
  fakeLogits: FeatureSet | null;
  seed: number;
  /** Samples of each of KID's subsets; the published 1000 unless told. */
  kidSubset?: number;
  kernel?: GramKernel;
  onProgress?: (share: number) => void;
}

/** A computed metric: named numbers for the reader, estimates for intervals and paired tests. */
export interface MetricOutput {
  /** The numbers under the names they are published by; null where they could not be computed (see caveat). */
  numbers: Record<string, number | null>;
  estimates: Record<string, Estimate>;
  /** What must be known to read the number; null when nothing. */
  caveat: Caveat | null;
}

/** How a metric is computed. */
export type Compute = (input: MetricInput) => MetricOutput | Promise<MetricOutput>;

export type FeatureInput = MetricInput & { real: FeatureSet };

/** For the metrics that need the reference set's features, not its statistics alone. */
export function withFeatures(input: MetricInput): FeatureInput {
  if (!input.real) throw new TypeError("This metric was asked for without the reference set's features.");
  return { ...input, real: input.real };
}

/** The output of a metric whose estimates are all that it has to say. */
export function fromEstimates(estimates: Record<string, Estimate>): MetricOutput {
  const numbers: Record<string, number> = {};
  for (const [name, { value, low, high }] of Object.entries(estimates)) {
    Object.assign(numbers, { [name]: value, [`${name}_low`]: low, [`${name}_high`]: high });
  }
  return { numbers, estimates, caveat: null };
}
