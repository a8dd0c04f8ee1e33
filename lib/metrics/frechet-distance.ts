import type { CholeskyFactor } from "@/lib/metrics/linear-algebra/cholesky";
import { choleskyFactor } from "@/lib/metrics/linear-algebra/cholesky";
import { addProductTransposed, padded } from "@/lib/metrics/linear-algebra/matrix-product";
import { symmetricEigenvalues } from "@/lib/metrics/linear-algebra/symmetric-eigenvalues";
import { withWorkspace } from "@/lib/metrics/linear-algebra/workspace";
import { MetricError } from "@/lib/metrics/metric-error";
import type { Moments } from "@/lib/metrics/moments";
import { covarianceOf } from "@/lib/metrics/moments";

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

/**
 * Factors a reference covariance once, so that each comparison costs one product and one set of eigenvalues.
 * @throws MetricError NOT_FINITE, NOT_PSD, DIMENSION
 */
export function prepareReference(reference: Gaussian): PreparedReference {
  requireGaussian(reference);
  return { ...reference, factor: choleskyFactor(reference.covariance, reference.dimension) };
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
 * @throws MetricError DIMENSION, NOT_FINITE, NOT_PSD
 */
export function frechetDistance(a: Gaussian, b: Gaussian | PreparedReference): number {
  requireGaussian(a);
  if (a.dimension !== b.dimension) {
    throw new MetricError(
      "DIMENSION",
      `Features of ${a.dimension} and ${b.dimension} dimensions cannot be compared.`,
    );
  }
  const reference = "factor" in b ? b : prepareReference(b);
  const d = a.dimension;
  let distance = -2 * traceOfRootProduct(reference.factor, a.covariance);
  for (let i = 0; i < d; i++) {
    const gap = a.mean[i] - b.mean[i];
    distance += gap * gap + a.covariance[i * d + i] + b.covariance[i * d + i];
  }
  return Math.max(0, distance);
}

/** tr((S1 S2)^(1/2)) from the factor of S1 and the matrix S2. */
export function traceOfRootProduct(factor: CholeskyFactor, covariance: Float64Array): number {
  const { rank: r, dimension: d } = factor;
  if (r === 0) return 0;
  const eigenvalues = withWorkspace(() => symmetricEigenvalues(congruence(factor, covariance), r));
  const noise = d * Number.EPSILON * eigenvalues[r - 1];
  let trace = 0;
  for (const value of eigenvalues) if (value > noise) trace += Math.sqrt(value);
  return trace;
}

const K_BLOCK = 256;

/**
 * U S U^T for an upper trapezoidal factor U [r, d] of another matrix: lower triangle of an [r, r] matrix.
 * Rows of U begin at their diagonal, so a block of columns concerns only the rows up to it: 4/3 r^3 flops
 * instead of 4 r^3.
 */
function congruence(
  { rank: r, dimension: d, rows, order }: CholeskyFactor,
  covariance: Float64Array,
): Float64Array {
  return withWorkspace((workspace) => {
    const stride = padded(d);
    const u = { data: workspace.floats(padded(r) * stride), offset: 0, stride };
    const s = { data: workspace.floats(stride * stride), offset: 0, stride };
    for (let i = 0; i < r; i++) u.data.set(rows.subarray(i * d, i * d + d), i * stride);
    for (let i = 0; i < d; i++) {
      const row = order[i] * d;
      for (let j = 0; j < d; j++) s.data[i * stride + j] = covariance[row + order[j]];
    }
    const half = { data: workspace.floats(padded(r) * stride), offset: 0, stride };
    const whole = { data: workspace.floats(padded(r) * padded(r)), offset: 0, stride: padded(r) };
    for (let k = 0; k < d; k += K_BLOCK) {
      const width = Math.min(K_BLOCK, d - k);
      const reach = Math.min(r, k + width);
      addProductTransposed(workspace, half, { ...u, offset: k }, { ...s, offset: k }, reach, d, width);
    }
    for (let k = 0; k < d; k += K_BLOCK) {
      const width = Math.min(K_BLOCK, d - k);
      const reach = Math.min(r, k + width);
      const [left, right] = [
        { ...u, offset: k },
        { ...half, offset: k },
      ];
      addProductTransposed(workspace, whole, left, right, reach, reach, width, { part: "lower" });
    }
    const product = new Float64Array(r * r);
    for (let i = 0; i < r; i++)
      product.set(whole.data.subarray(i * whole.stride, i * whole.stride + i + 1), i * r);
    return product;
  });
}

/** What a reader must know about the number of samples; null when n is at least ten times d. */
export function sizeBiasCaveat(samples: number, dimension: number, expectedBias?: number): string | null {
  if (samples >= 10 * dimension) return null;
  const relation =
    samples <= dimension ? `N = ${samples} <= d = ${dimension}` : `N = ${samples} < 10 d = ${10 * dimension}`;
  const amount = expectedBias === undefined ? "upward" : `up by about ${Number(expectedBias.toPrecision(2))}`;
  return `${relation}: biased ${amount}; compare only at equal N.`;
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
}
