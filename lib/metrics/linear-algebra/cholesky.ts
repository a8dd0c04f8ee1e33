import { addProductTransposed, padded } from "@/lib/metrics/linear-algebra/matrix-product";
import type { Workspace } from "@/lib/metrics/linear-algebra/workspace";
import { withWorkspace } from "@/lib/metrics/linear-algebra/workspace";
import { MetricError } from "@/lib/metrics/metric-error";

/**
 * A positive semidefinite matrix as S[order[a], order[b]] = sum_k rows[k, a] rows[k, b], with rows
 * [rank, d] row-major and upper trapezoidal: zero left of the diagonal.
 */
export interface CholeskyFactor {
  dimension: number;
  rank: number;
  rows: Float64Array;
  order: Int32Array;
}

const PANEL = 32;

/**
 * Cholesky factor of a symmetric positive semidefinite matrix, blocked. A matrix of full rank is factored as
 * it stands; when a pivot falls to d * eps * the largest variance, it starts again with complete (diagonal)
 * pivoting after LAPACK's dpstrf, which stops at the numerical rank. Costs d^3/3 to d^2 * rank flops and needs
 * no eigenvectors, unlike a matrix square root.
 *
 * @param matrix [d, d] row-major, symmetric; left untouched.
 * @throws MetricError NOT_PSD when a diagonal entry is negative beyond rounding.
 */
export function choleskyFactor(matrix: Float64Array, d: number): CholeskyFactor {
  let largest = 0;
  let smallest = 0;
  for (let i = 0; i < d; i++) {
    largest = Math.max(largest, matrix[i * d + i]);
    smallest = Math.min(smallest, matrix[i * d + i]);
  }
  const stop = d * Number.EPSILON * largest;
  if (smallest < -stop) {
    throw new MetricError("NOT_PSD", `A covariance cannot have the negative variance ${smallest}.`);
  }
  return withWorkspace(
    (workspace) =>
      workspace.scope(() => factorise(workspace, matrix, d, stop, false)) ??
      (factorise(workspace, matrix, d, stop, true) as CholeskyFactor),
  );
}

/** Null when `pivoting` is off and the matrix turns out not to have full rank. */
function factorise(
  workspace: Workspace,
  matrix: Float64Array,
  d: number,
  stop: number,
  pivoting: boolean,
): CholeskyFactor | null {
  const stride = padded(d);
  const work = workspace.floats(stride * stride);
  const rows = workspace.floats(stride * stride);
  const columns = workspace.floats(stride * PANEL);
  const diagonal = new Float64Array(d);
  const order = Int32Array.from({ length: d }, (_, i) => i);
  for (let i = 0; i < d; i++) {
    work.set(matrix.subarray(i * d, i * d + d), i * stride);
    diagonal[i] = matrix[i * d + i];
  }
  let rank = 0;
  for (let start = 0; start < d; start += PANEL) {
    const end = Math.min(d, start + PANEL);
    let k = start;
    for (; k < end; k++) {
      let pivot = k;
      if (pivoting) for (let j = k + 1; j < d; j++) if (diagonal[j] > diagonal[pivot]) pivot = j;
      if (!(diagonal[pivot] > stop)) break;
      if (pivot !== k) swap(work, rows, diagonal, order, stride, d, start, k, pivot);
      const row = k * stride;
      for (let j = k + 1; j < d; j++) rows[row + j] = work[row + j];
      // The panel's own earlier rows have not yet been taken off the trailing matrix.
      for (let p = start; p < k; p++) {
        const from = p * stride;
        const scale = rows[from + k];
        if (scale !== 0) for (let j = k + 1; j < d; j++) rows[row + j] -= scale * rows[from + j];
      }
      const root = Math.sqrt(diagonal[k]);
      rows[row + k] = root;
      const inverse = 1 / root;
      for (let j = k + 1; j < d; j++) {
        const value = rows[row + j] * inverse;
        rows[row + j] = value;
        diagonal[j] -= value * value;
      }
    }
    rank = k;
    if (k < end && !pivoting) return null;
    if (k < end || end === d) break;
    // trailing -= panel^T panel; both triangles where rows and columns may yet be swapped.
    const width = end - start;
    const n = d - end;
    for (let p = 0; p < width; p++) {
      const row = (start + p) * stride + end;
      for (let j = 0; j < n; j++) columns[j * width + p] = rows[row + j];
    }
    const panel = { data: columns, offset: 0, stride: width };
    const trailing = { data: work, offset: end * stride + end, stride };
    addProductTransposed(workspace, trailing, panel, panel, n, n, width, {
      scale: -1,
      part: pivoting ? "full" : "upper",
    });
  }
  const factor = new Float64Array(rank * d);
  for (let k = 0; k < rank; k++) {
    factor.set(rows.subarray(k * stride + k, k * stride + d), k * d + k);
  }
  return { dimension: d, rank, rows: factor, order };
}

/** Swaps rows and columns k and p of the trailing matrix, and the matching columns of the factor. */
function swap(
  work: Float64Array,
  rows: Float64Array,
  diagonal: Float64Array,
  order: Int32Array,
  stride: number,
  d: number,
  start: number,
  k: number,
  p: number,
): void {
  const exchange = (array: Float64Array | Int32Array, a: number, b: number) => {
    const held = array[a];
    array[a] = array[b];
    array[b] = held;
  };
  exchange(diagonal, k, p);
  exchange(order, k, p);
  for (let i = 0; i < k; i++) exchange(rows, i * stride + k, i * stride + p);
  for (let j = start; j < d; j++) exchange(work, k * stride + j, p * stride + j);
  for (let i = start; i < d; i++) exchange(work, i * stride + k, i * stride + p);
}
