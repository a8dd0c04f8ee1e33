import type { Caveat } from "@/lib/schemas/metrics/caveat";
import type { GramKernel, KernelOptions } from "@/lib/numerics/gram";
import { simdGram } from "@/lib/numerics/gram";
import type { CholeskyFactor } from "@/lib/numerics/linear-algebra/cholesky";
import { choleskyFactor } from "@/lib/numerics/linear-algebra/cholesky";
import { mirrorLower } from "@/lib/numerics/linear-algebra/matrix-product";
import { symmetricEigenvalues } from "@/lib/numerics/linear-algebra/symmetric-eigenvalues";
import type { FeatureSet } from "@/lib/metrics/features";
import { MetricError } from "@/lib/metrics/metric-error";
import type { Moments } from "@/lib/metrics/moments";
import { MomentsAccumulator, covarianceOf } from "@/lib/metrics/moments";

/** A set of features summarised as a Gaussian: mean [d] and covariance [d, d] (/(n - 1)), float64. */
export interface Gaussian {
  dimension: number;
  mean: Float64Array;
  covariance: Float64Array;
  /** Number of samples behind it; absent when imported statistics do not say. */
  count?: number;
}

/** A Gaussian whose covariance has been factored once, for many comparisons with it. */
export interface PreparedReference extends Gaussian {
  factor: CholeskyFactor;
}

/**
 * Gaussian summary of moments.
 * @throws MetricError TOO_FEW below two samples.
 */
export function gaussianOf(moments: Moments): Gaussian {
  const { dimension, mean, count } = moments;
  return { dimension, mean, covariance: covarianceOf(moments), count };
}

/** The same of features. @throws MetricError NOT_FINITE */
export function gaussianOfFeatures({ data, dimension }: FeatureSet): Gaussian {
  const accumulator = new MomentsAccumulator(dimension);
  accumulator.add(data);
  return gaussianOf(accumulator.finish());
}

/**
 * Factors a reference covariance once, so that each comparison costs one product and one set of eigenvalues; one that is
 * factored already is given back.
 * @throws MetricError NOT_FINITE, NOT_PSD, DIMENSION
 */
export async function prepareReference(
  reference: Gaussian | PreparedReference,
  { kernel }: KernelOptions = {},
): Promise<PreparedReference> {
  if ("factor" in reference) return reference;
  requireGaussian(reference);
  return { ...reference, factor: await choleskyFactor(reference.covariance, reference.dimension, kernel) };
}

/**
 * Fréchet (2-Wasserstein) distance, squared, between two Gaussians:
 * |m1 - m2|^2 + tr(S1 + S2 - 2 (S1 S2)^(1/2)) (Dowson & Landau 1982; Heusel et al. 2017 on Inception features).
 *
 * The trace of the root is the sum of the root eigenvalues of U S2 U^T with S1 = U^T U: symmetric, and with
 * the same spectrum as S1^(1/2) S2 S1^(1/2), so neither complex roots nor a matrix square root ever appear.
 * Eigenvalues below d * eps * the largest are rounding noise and count as zero: when a set has fewer samples
 * than features their roots would otherwise add up to an error of about 1e-5.
 *
 * Symmetric in its arguments up to rounding; never below 0.
 * @param options.kernel of the large products; onnx-gram.ts has the one for wide features
 * @throws MetricError DIMENSION, NOT_FINITE, NOT_PSD
 */
export async function frechetDistance(
  a: Gaussian,
  b: Gaussian | PreparedReference,
  { kernel }: KernelOptions = {},
): Promise<number> {
  requireGaussian(a);
  if (a.dimension !== b.dimension) {
    throw new MetricError(
      "DIMENSION",
      `Features of ${a.dimension} and ${b.dimension} dimensions cannot be compared.`,
    );
  }
  const reference = await prepareReference(b, { kernel });
  const d = a.dimension;
  let distance = -2 * (await traceOfRootProduct(reference.factor, a.covariance, kernel));
  for (let i = 0; i < d; i++) {
    const gap = a.mean[i] - b.mean[i];
    distance += gap * gap + a.covariance[i * d + i] + b.covariance[i * d + i];
  }
  return Math.max(0, distance);
}

/** tr((S1 S2)^(1/2)) from the factor of S1 and the matrix S2. */
export async function traceOfRootProduct(
  factor: CholeskyFactor,
  covariance: Float64Array,
  kernel?: GramKernel,
): Promise<number> {
  const { rank: r, dimension: d } = factor;
  if (r === 0) return 0;
  const eigenvalues = await symmetricEigenvalues(await congruence(factor, covariance, kernel), r, kernel);
  const noise = d * Number.EPSILON * eigenvalues[r - 1];
  let trace = 0;
  for (const value of eigenvalues) if (value > noise) trace += Math.sqrt(value);
  return trace;
}

/** Rows of the factor multiplied at a time. */
const BLOCK = 256;

/**
 * U S U^T, [r, r], for an upper trapezoidal factor U [r, d] of another matrix. Rows of U begin at their diagonal, so a
 * block of rows concerns only the columns from its first on, and the result's lower triangle is enough: 5/3 r^3 flops
 * instead of 4 r^3.
 */
async function congruence(
  { rank: r, dimension: d, rows, order }: CholeskyFactor,
  covariance: Float64Array,
  kernel: GramKernel = simdGram,
): Promise<Float64Array> {
  const s = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    const row = order[i] * d;
    for (let j = 0; j < d; j++) s[i * d + j] = covariance[row + order[j]];
  }
  const whole = new Float64Array(r * r);
  for (let low = 0; low < r; low += BLOCK) {
    const high = Math.min(r, low + BLOCK);
    // Of U S and of U only the columns from `low` on are needed: this block's part of the result ends at its diagonal.
    const u = cut(rows, d, low, high, low);
    const us = await kernel(u, high - low, cut(s, d, 0, d, low), d, d - low);
    for (let at = 0; at < high; at += BLOCK) {
      const end = Math.min(high, at + BLOCK);
      const left = cut(us, d, 0, high - low, at);
      const tile = await kernel(left, high - low, cut(rows, d, at, end, at), end - at, d - at);
      for (let i = low; i < high; i++) {
        const row = (i - low) * (end - at);
        whole.set(tile.subarray(row, row + end - at), i * r + at);
      }
    }
  }
  mirrorLower(whole, r);
  return whole;
}

/** Rows [low, high) of a [., d] matrix from column `first` on, as a matrix of their own. */
function cut(matrix: Float64Array, d: number, low: number, high: number, first: number): Float64Array {
  if (first === 0) return matrix.subarray(low * d, high * d);
  const width = d - first;
  const out = new Float64Array((high - low) * width);
  for (let i = low; i < high; i++) out.set(matrix.subarray(i * d + first, i * d + d), (i - low) * width);
  return out;
}

/** What a reader must know about the number of samples; null when n is at least ten times d. */
export function sizeBiasCaveat(n: number, dimension: number, expectedBias?: number): Caveat | null {
  return n >= 10 * dimension ? null : { code: "size_bias", n, dimension, bias: expectedBias ?? null };
}

function requireGaussian(gaussian: Gaussian): void {
  const { dimension: d, mean, covariance } = gaussian;
  if (mean.length !== d || covariance.length !== d * d) {
    throw new MetricError(
      "DIMENSION",
      `A Gaussian of ${d} dimensions has ${d} means and ${d * d} covariances, not ${mean.length} and ${covariance.length}.`,
    );
  }
  for (let i = 0; i < d; i++) {
    if (!Number.isFinite(mean[i])) throw new MetricError("NOT_FINITE", `Mean ${i} is ${mean[i]}.`);
  }
  for (let i = 0; i < d * d; i++) {
    if (!Number.isFinite(covariance[i])) {
      throw new MetricError("NOT_FINITE", `Covariance (${Math.floor(i / d)}, ${i % d}) is ${covariance[i]}.`);
    }
  }
  let largest = 0;
  for (let i = 0; i < d; i++) largest = Math.max(largest, covariance[i * d + i]);
  for (let i = 0; i < d; i++) {
    const variance = covariance[i * d + i];
    if (variance < -d * Number.EPSILON * largest) {
      throw new MetricError("NOT_PSD", `A covariance cannot have the negative variance ${variance}.`);
    }
  }
}
