import { authenticity } from "@/lib/metrics/authenticity";
import type { Estimate } from "@/lib/metrics/estimate";
import { estimateOf } from "@/lib/metrics/estimate";
import type { FeatureSet } from "@/lib/metrics/features";
import type { PreparedReference } from "@/lib/metrics/frechet-distance";
import { sizeBiasCaveat } from "@/lib/metrics/frechet-distance";
import { frechetInfinity } from "@/lib/metrics/frechet-infinity";
import { frechetJackknife } from "@/lib/metrics/frechet-jackknife";
import type { GramKernel } from "@/lib/numerics/gram";
import { inceptionScore } from "@/lib/metrics/inception-score";
import { gaussianMmd, kernelDistance, subsetKernelDistance } from "@/lib/metrics/kernel-distance";
import type { PrecisionRecall } from "@/lib/metrics/precision-recall";
import { KYNKAANNIEMI, PRDC, precisionRecall } from "@/lib/metrics/precision-recall";
import { separability } from "@/lib/metrics/separability";
import { expectedSizeBias } from "@/lib/metrics/size-bias";

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
export interface MetricValue {
  /** The numbers under the names they are published by; null where they could not be computed (see caveat). */
  numbers: Record<string, number | null>;
  estimates: Record<string, Estimate>;
  /** What must be known to read the number; null when nothing. */
  caveat: string | null;
}

export interface MetricDefinition {
  title: string;
  /** What a better model has. */
  better: "lower" | "higher" | "nearer to 0.5";
  /** What must be known of the two sets. */
  needs: "statistics" | "features" | "logits";
  /** The metric and its constants, for the protocol key. */
  protocol: string;
  compute(input: MetricInput): MetricValue | Promise<MetricValue>;
}

type FeatureInput = MetricInput & { real: FeatureSet };

/** Balls of both conventions come from the same three passes; asked for twice, they are counted once. */
const balls = new WeakMap<FeatureSet, { real: FeatureSet; result: Promise<PrecisionRecall[]> }>();
function bothConventions({ real, fake, kernel, onProgress }: FeatureInput): Promise<PrecisionRecall[]> {
  const known = balls.get(fake);
  if (known?.real === real) return known.result;
  const result = precisionRecall(real, fake, [KYNKAANNIEMI, PRDC], { kernel, onProgress });
  balls.set(fake, { real, result });
  return result;
}

/** The jackknife serves the distance and its extrapolation: asked for twice, it is run once. */
const jackknives = new WeakMap<FeatureSet, { reference: PreparedReference; estimate: Promise<Estimate> }>();
function jackknife({ fake, reference, kernel, onProgress }: MetricInput): Promise<Estimate> {
  const known = jackknives.get(fake);
  if (known?.reference === reference) return known.estimate;
  const estimate = frechetJackknife(fake, reference, { kernel, onProgress });
  jackknives.set(fake, { reference, estimate });
  return estimate;
}

/** Samples of a subset as published; null where the sets are too small to differ between such subsets. */
const KID_SUBSET = 1000;
const publishedSubset = ({ real, fake }: FeatureInput) =>
  Math.min(real.n, fake.n) < KID_SUBSET || Math.max(real.n, fake.n) === KID_SUBSET ? null : KID_SUBSET;

/** Every metric by its key in the JSON output. Adding one is one file and one entry. */
export const METRICS = {
  fd: {
    title: "Fréchet distance",
    better: "lower",
    needs: "statistics",
    protocol: "fd",
    async compute(input) {
      const { fake, reference, kernel } = input;
      const estimate = await jackknife(input);
      const bias = await expectedSizeBias(reference.covariance, reference.dimension, fake.n, kernel);
      return {
        numbers: { value: estimate.value, low: estimate.low, high: estimate.high },
        estimates: { value: estimate },
        caveat: sizeBiasCaveat(fake.n, fake.dimension, bias),
      };
    },
  },
  fd_infinity: {
    title: "Fréchet distance at infinite n",
    better: "lower",
    needs: "statistics",
    protocol: "fd-infinity/15 sizes",
    async compute(input) {
      const { fake, reference, seed, kernel, onProgress } = input;
      const options = { seed, kernel, onProgress };
      const { value, standardError, curve } = await frechetInfinity(fake, reference, options);
      // Two sources of error: the scatter about the line, and the samples themselves, which all points share.
      const plain = await jackknife(input);
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
            ? `Extrapolated from ${smallest} samples on, fewer than the published 5000.`
            : "std_error is of the fitted line only; the interval also holds the samples' own error.",
      };
    },
  },
  kid: {
    title: "Kernel distance (KID)",
    better: "lower",
    needs: "features",
    protocol: "kid/cubic/exact and 100 subsets of up to 1000",
    async compute(input) {
      const { real, fake, seed, kernel, onProgress } = withFeatures(input);
      const exact = await kernelDistance(real, fake, { kernel });
      const size = input.kidSubset ?? publishedSubset({ ...input, real });
      const subsets =
        size === null ? null : await subsetKernelDistance(real, fake, { seed, size, kernel, onProgress });
      return {
        numbers: {
          exact: exact.value,
          low: exact.low,
          high: exact.high,
          mean: subsets?.mean ?? null,
          std: subsets?.std ?? null,
          subset_size: size,
        },
        estimates: { exact },
        caveat:
          size === null
            ? `mean and std need subsets smaller than the sets; the published ${KID_SUBSET} are not.`
            : size !== KID_SUBSET
              ? `Subsets of ${size} samples, not the published ${KID_SUBSET}.`
              : null,
      };
    },
  },
  pr: {
    title: "Precision and recall (k = 3)",
    better: "higher",
    needs: "features",
    protocol: "pr/k=3 inclusive",
    async compute(input) {
      const [{ precision, recall }] = await bothConventions(withFeatures(input));
      return fromEstimates({ precision, recall });
    },
  },
  prdc: {
    title: "Precision, recall, density, coverage (k = 5)",
    better: "higher",
    needs: "features",
    protocol: "prdc/k=5 strict",
    async compute(input) {
      const [, { precision, recall, density, coverage }] = await bothConventions(withFeatures(input));
      return fromEstimates({ precision, recall, density, coverage });
    },
  },
  is: {
    title: "Inception Score",
    better: "higher",
    needs: "logits",
    protocol: "is/10 splits",
    compute({ fakeLogits }) {
      if (!fakeLogits) throw new TypeError("The Inception Score was asked for without logits.");
      const splits = Math.min(10, Math.floor(fakeLogits.n / 2));
      const { whole, mean, std } = inceptionScore(fakeLogits, { splits });
      return {
        numbers: { mean, std, whole: whole.value, low: whole.low, high: whole.high, splits },
        estimates: { whole },
        caveat:
          fakeLogits.n < 5000
            ? `n = ${fakeLogits.n}: the score rises with n; compare only at equal N.`
            : null,
      };
    },
  },
  mmd: {
    title: "Gaussian MMD, CMMD's constants",
    better: "lower",
    needs: "features",
    protocol: "mmd/gaussian sigma=10 biased x1000",
    async compute(input) {
      const { real, fake, kernel, onProgress } = withFeatures(input);
      const estimate = await gaussianMmd(real, fake, { kernel, onProgress });
      const { value, low, high } = estimate;
      return {
        numbers: { value, low, high },
        estimates: { value: estimate },
        caveat: "CMMD only on CLIP embeddings.",
      };
    },
  },
  c2st: {
    title: "Separability (linear classifier)",
    better: "nearer to 0.5",
    needs: "features",
    protocol: "c2st/fisher 5 folds ridge 1e-3 ties half",
    async compute(input) {
      const { real, fake, seed, kernel } = withFeatures(input);
      const accuracy = await separability(real, fake, {
        seed,
        kernel,
        // Never fewer than two, so that a set too small for them is told of its size.
        folds: Math.max(2, Math.min(5, Math.floor(Math.min(real.n, fake.n) / 2))),
      });
      return {
        numbers: { accuracy: accuracy.value, low: accuracy.low, high: accuracy.high },
        estimates: { accuracy },
        caveat: null,
      };
    },
  },
  authpct: {
    title: "Authenticity (memorisation check)",
    better: "nearer to 0.5",
    needs: "features",
    protocol: "authpct",
    async compute(input) {
      const { real, fake, kernel, onProgress } = withFeatures(input);
      const { authentic } = await authenticity(real, fake, { kernel, onProgress });
      return {
        numbers: { percent: 100 * authentic.value, low: 100 * authentic.low, high: 100 * authentic.high },
        estimates: { authentic },
        caveat: null,
      };
    },
  },
} satisfies Record<string, MetricDefinition>;

export type MetricName = keyof typeof METRICS;
export const METRIC_NAMES = Object.keys(METRICS) as MetricName[];

function withFeatures(input: MetricInput): FeatureInput {
  if (!input.real) throw new TypeError("This metric was asked for without the reference set's features.");
  return { ...input, real: input.real };
}

function fromEstimates(estimates: Record<string, Estimate>): MetricValue {
  const numbers: Record<string, number> = {};
  for (const [name, { value, low, high }] of Object.entries(estimates)) {
    Object.assign(numbers, { [name]: value, [`${name}_low`]: low, [`${name}_high`]: high });
  }
  return { numbers, estimates, caveat: null };
}
