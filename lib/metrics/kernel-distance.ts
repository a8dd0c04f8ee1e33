import type { Estimate } from "@/lib/metrics/estimate";
import { estimateOf } from "@/lib/metrics/estimate";
import type { FeatureSet } from "@/lib/metrics/features";
import { pickRows, requireComparable } from "@/lib/metrics/features";
import type { GramOptions } from "@/lib/metrics/gram";
import { forEachGramTile, originOf, squaredNorms } from "@/lib/metrics/gram";
import { mean, standardDeviation } from "@/lib/numerics/sample-statistics";
import { MetricError } from "@/lib/metrics/metric-error";
import { sampleWithoutReplacement } from "@/lib/metrics/resampling";
import { seededRandom } from "@/lib/numerics/random";
import { withFeatures, type Compute, type FeatureInput } from "@/lib/metrics/metric-input";

/** A positive definite kernel of two rows, from their inner product and squared norms. */
export type Kernel = (inner: number, squaredNormX: number, squaredNormY: number) => number;

/** Sums of kernel values that every form of the squared maximum mean discrepancy is made of. */
interface KernelSums {
  /** For each generated sample: sum over the other generated samples, and over the real ones. */
  amongFake: Float64Array;
  toReal: Float64Array;
  /** k(y, y) of each generated sample. */
  fakeDiagonal: Float64Array;
  /** Sum over all ordered pairs of different real samples, and of k(x, x). */
  amongReal: number;
  realDiagonal: number;
}

async function kernelSums(
  real: FeatureSet,
  fake: FeatureSet,
  kernel: Kernel,
  options: GramOptions,
): Promise<KernelSums> {
  const realNorms = squaredNorms(real, options.origin);
  const fakeNorms = squaredNorms(fake, options.origin);
  const amongFake = new Float64Array(fake.n);
  const toReal = new Float64Array(fake.n);
  let amongReal = 0;
  await forEachGramTile(fake, fake, options, ({ row, column, rows, columns, gram }) => {
    for (let i = 0; i < rows; i++) {
      const from = row === column ? i + 1 : 0;
      for (let j = from; j < columns; j++) {
        const value = kernel(gram[i * columns + j], fakeNorms[row + i], fakeNorms[column + j]);
        amongFake[row + i] += value;
        amongFake[column + j] += value;
      }
    }
  });
  await forEachGramTile(real, real, options, ({ row, column, rows, columns, gram }) => {
    for (let i = 0; i < rows; i++) {
      let sum = 0;
      const from = row === column ? i + 1 : 0;
      for (let j = from; j < columns; j++) {
        sum += kernel(gram[i * columns + j], realNorms[row + i], realNorms[column + j]);
      }
      amongReal += 2 * sum;
    }
  });
  await forEachGramTile(fake, real, options, ({ row, column, rows, columns, gram }) => {
    for (let i = 0; i < rows; i++) {
      let sum = 0;
      for (let j = 0; j < columns; j++) {
        sum += kernel(gram[i * columns + j], fakeNorms[row + i], realNorms[column + j]);
      }
      toReal[row + i] += sum;
    }
  });
  let realDiagonal = 0;
  for (const norm of realNorms) realDiagonal += kernel(norm, norm, norm);
  return { amongFake, toReal, fakeDiagonal: fakeNorms.map((x) => kernel(x, x, x)), amongReal, realDiagonal };
}

/**
 * Squared maximum mean discrepancy (Gretton et al. 2012) with the uncertainty of drawing the generated samples
 * again; the real ones count as fixed.
 * @param unbiased U-statistic (diagonal left out), which may be negative, or the biased V-statistic.
 */
export async function squaredMmd(
  real: FeatureSet,
  fake: FeatureSet,
  kernel: Kernel,
  { unbiased = true, ...options }: GramOptions & { unbiased?: boolean } = {},
): Promise<Estimate> {
  requireComparable(real, fake, 2, "The maximum mean discrepancy");
  const sums = await kernelSums(real, fake, kernel, options);
  const [m, n] = [real.n, fake.n];
  const fakePairs = unbiased ? n - 1 : n;
  const amongReal = unbiased
    ? sums.amongReal / (m * (m - 1))
    : (sums.amongReal + sums.realDiagonal) / (m * m);
  let value = amongReal;
  const influence = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const among = (sums.amongFake[i] + (unbiased ? 0 : sums.fakeDiagonal[i])) / fakePairs;
    const across = sums.toReal[i] / m;
    value += (among - 2 * across) / n;
    influence[i] = 2 * (among - across);
  }
  return estimateOf(value, influence, { range: unbiased ? undefined : [0, Infinity] });
}

/** The kernel of KID: (x.y / d + 1)^3 (Binkowski et al. 2018). */
export const polynomialKernel =
  (dimension: number): Kernel =>
  (inner) =>
    (inner / dimension + 1) ** 3;

/** KID over all samples at once: the exact U-statistic, which needs no random numbers. */
export function kernelDistance(
  real: FeatureSet,
  fake: FeatureSet,
  options: GramOptions = {},
): Promise<Estimate> {
  return squaredMmd(real, fake, polynomialKernel(real.dimension), options);
}

export interface SubsetOptions extends GramOptions {
  seed: number;
  /** 100 by default, as in the field's tools. */
  subsets?: number;
  /** 1000 by default. */
  size?: number;
}

/**
 * KID as published: mean and standard deviation of the U-statistic over random subsets. The standard deviation
 * is that of one subset, not an error of the mean.
 * @throws MetricError TOO_FEW when a set has fewer than `size` samples: choose a smaller size and say so; OPTION when every subset
 *   would be both whole sets, whose values do not differ
 */
export async function subsetKernelDistance(
  real: FeatureSet,
  fake: FeatureSet,
  { seed, subsets = 100, size = 1000, onProgress, ...options }: SubsetOptions,
): Promise<{ mean: number; std: number; subsets: number; size: number; seed: number }> {
  if (subsets < 1 || size < 2) {
    throw new MetricError(
      "OPTION",
      `KID needs at least 1 subset of at least 2 samples, not ${subsets} of ${size}.`,
    );
  }
  requireComparable(real, fake, size, `KID over subsets of ${size}`);
  if (real.n === size && fake.n === size) {
    throw new MetricError("OPTION", `Subsets of ${size} are the whole of both sets: choose a smaller size.`);
  }
  const random = seededRandom(seed);
  const kernel = polynomialKernel(real.dimension);
  const values = new Float64Array(subsets);
  for (let s = 0; s < subsets; s++) {
    const someReal = pickRows(real, sampleWithoutReplacement(real.n, size, random));
    const someFake = pickRows(fake, sampleWithoutReplacement(fake.n, size, random));
    values[s] = (await squaredMmd(someReal, someFake, kernel, options)).value;
    onProgress?.((s + 1) / subsets);
  }
  return { mean: mean(values), std: standardDeviation(values), subsets, size, seed };
}

/**
 * CMMD (Jayasumana et al. 2024): biased squared MMD with a Gaussian kernel of bandwidth sigma = 10, times 1000.
 * The paper's numbers are of CLIP ViT-L/14@336 embeddings of unit length; on other features it is named
 * MMD-<encoder>.
 */
export async function gaussianMmd(
  real: FeatureSet,
  fake: FeatureSet,
  { sigma = 10, scale = 1000, ...options }: GramOptions & { sigma?: number; scale?: number } = {},
): Promise<Estimate> {
  const gamma = 1 / (2 * sigma * sigma);
  const kernel: Kernel = (inner, x, y) => Math.exp(-gamma * Math.max(0, x + y - 2 * inner));
  const { value, influence } = await squaredMmd(real, fake, kernel, {
    ...options,
    origin: originOf(real),
    unbiased: false,
  });
  return estimateOf(
    scale * value,
    influence.map((x) => scale * x),
    { range: [0, Infinity] },
  );
}

/**
 * JEDi's distance (Luo et al. 2024, "Beyond FVD"): biased squared MMD with the kernel (x.y / d)^2, times 100. The paper's numbers are
 * of V-JEPA features; on others it is this formula and no more.
 */
export async function jediDistance(
  real: FeatureSet,
  fake: FeatureSet,
  options: GramOptions = {},
): Promise<Estimate> {
  const kernel: Kernel = (inner) => (inner / real.dimension) ** 2;
  const { value, influence } = await squaredMmd(real, fake, kernel, { ...options, unbiased: false });
  return estimateOf(
    100 * value,
    influence.map((x) => 100 * x),
    { range: [0, Infinity] },
  );
}

/** Samples of a subset as published; null where the sets are too small to differ between such subsets. */
const KID_SUBSET = 1000;
const publishedSubset = ({ real, fake }: FeatureInput) =>
  Math.min(real.n, fake.n) < KID_SUBSET || Math.max(real.n, fake.n) === KID_SUBSET ? null : KID_SUBSET;

/** "kid": exact over all samples, and as published over random subsets where the sets are large enough. */
export const computeKernelDistance: Compute = async (input) => {
  const features = withFeatures(input);
  const { real, fake, seed, kernel, onProgress } = features;
  const exact = await kernelDistance(real, fake, { kernel });
  const size = input.kidSubset ?? publishedSubset(features);
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
        ? { code: "no_subsets", published: KID_SUBSET }
        : size !== KID_SUBSET
          ? { code: "other_subsets", size, published: KID_SUBSET }
          : null,
  };
};

/** "mmd": with CMMD's kernel and scale. */
export const computeGaussianMmd: Compute = async (input) => {
  const { real, fake, kernel, onProgress } = withFeatures(input);
  const estimate = await gaussianMmd(real, fake, { kernel, onProgress });
  const { value, low, high } = estimate;
  return {
    numbers: { value, low, high },
    estimates: { value: estimate },
    caveat: { code: "clip_only" },
  };
};

/** "jedi": with JEDi's kernel and scale. */
export const computeJedi: Compute = async (input) => {
  const { real, fake, kernel, onProgress } = withFeatures(input);
  const estimate = await jediDistance(real, fake, { kernel, onProgress });
  const { value, low, high } = estimate;
  return { numbers: { value, low, high }, estimates: { value: estimate }, caveat: { code: "vjepa_only" } };
};
