import { addProductTransposed } from "@/lib/metrics/linear-algebra/matrix-product";
import { MetricError } from "@/lib/metrics/metric-error";

/** A positive semidefinite matrix as S = U^T U with U [rank, d] row-major, columns in S's own order. */
export interface CholeskyFactor {
  dimension: number;
  rank: number;
  rows: Float64Array;
}

const PANEL = 32;

/**
 * Cholesky factor with complete (diagonal) pivoting of a symmetric positive semidefinite matrix, after
 * LAPACK's dpstrf: stops at the numerical rank, where every remaining pivot is at most d * eps * the largest.
 * Costs d^2 * rank flops and needs no eigenvectors, unlike a matrix square root.
 *
 * @param matrix [d, d] row-major, symmetric; left untouched.
 * @throws MetricError NOT_PSD when a diagonal entry is negative beyond rounding.
 */
export function pivotedCholesky(matrix: Float64Array, d: number): CholeskyFactor {
  const work = matrix.slice();
  const order = Int32Array.from({ length: d }, (_, i) => i);
  const rows = new Float64Array(d * d);
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
  const diagonal = new Float64Array(d);
  for (let i = 0; i < d; i++) diagonal[i] = work[i * d + i];
  const panelColumns = new Float64Array(d * PANEL);
  let rank = 0;
  for (let start = 0; start < d; start += PANEL) {
    const end = Math.min(d, start + PANEL);
    let k = start;
    for (; k < end; k++) {
      let pivot = k;
      for (let j = k + 1; j < d; j++) if (diagonal[j] > diagonal[pivot]) pivot = j;
      if (!(diagonal[pivot] > stop)) break;
      if (pivot !== k) swap(work, rows, diagonal, order, d, start, k, pivot);
      const root = Math.sqrt(diagonal[k]);
      const row = k * d;
      for (let j = k + 1; j < d; j++) rows[row + j] = work[row + j];
      // The panel's own earlier rows have not yet been taken off the trailing matrix.
      for (let p = start; p < k; p++) {
        const scale = rows[p * d + k];
        if (scale !== 0) for (let j = k + 1; j < d; j++) rows[row + j] -= scale * rows[p * d + j];
      }
      rows[row + k] = root;
      const inverse = 1 / root;
      for (let j = k + 1; j < d; j++) {
        const value = rows[row + j] * inverse;
        rows[row + j] = value;
        diagonal[j] -= value * value;
      }
    }
    rank = k;
    if (k < end || end === d) break;
    takeOffPanel(work, rows, panelColumns, d, start, end);
  }
  const factor = new Float64Array(rank * d);
  for (let k = 0; k < rank; k++) {
    for (let j = k; j < d; j++) factor[k * d + order[j]] = rows[k * d + j];
  }
  return { dimension: d, rank, rows: factor };
}

/** Swaps rows and columns k and p of the trailing matrix, and the matching columns of the factor. */
function swap(
  work: Float64Array,
  rows: Float64Array,
  diagonal: Float64Array,
  order: Int32Array,
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
  for (let i = 0; i < k; i++) exchange(rows, i * d + k, i * d + p);
  for (let j = start; j < d; j++) exchange(work, k * d + j, p * d + j);
  for (let i = start; i < d; i++) exchange(work, i * d + k, i * d + p);
}

/** trailing -= panel^T panel, on the whole trailing square (both triangles stay valid for the swaps). */
function takeOffPanel(
  work: Float64Array,
  rows: Float64Array,
  columns: Float64Array,
  d: number,
  start: number,
  end: number,
): void {
  const width = end - start;
  const n = d - end;
  for (let p = 0; p < width; p++) {
    const row = (start + p) * d + end;
    for (let j = 0; j < n; j++) columns[j * width + p] = rows[row + j];
  }
  const panel = { data: columns, offset: 0, stride: width };
  addProductTransposed({ data: work, offset: end * d + end, stride: d }, panel, panel, n, n, width, -1);
}
