import type { GramKernel } from "@/lib/numerics/gram";
import { simdGram } from "@/lib/numerics/gram";
import { addProductTransposed, padded } from "@/lib/numerics/linear-algebra/matrix-product";
import type { Workspace } from "@/lib/numerics/linear-algebra/workspace";
import { withWorkspace } from "@/lib/numerics/linear-algebra/workspace";

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

/** Rows factored together where every pivot stays on the diagonal. */
const STRIP = 64;
/** Rows factored together where pivots are looked for. */
const PANEL = 32;

/**
 * Cholesky factor of a symmetric positive semidefinite matrix, blocked. A matrix of full rank is factored as
 * it stands; when a pivot falls to d * eps * the largest variance, it starts again with complete (diagonal)
 * pivoting after LAPACK's dpstrf, which stops at the numerical rank. Costs d^3/3 to d^2 * rank flops and needs
 * no eigenvectors, unlike a matrix square root.
 *
 * @param matrix [d, d] row-major, symmetric; left untouched.
 * @throws RangeError when a diagonal entry is negative beyond rounding.
 */
export async function choleskyFactor(
  matrix: Float64Array,
  d: number,
  kernel: GramKernel = simdGram,
): Promise<CholeskyFactor> {
  let largest = 0;
  let smallest = 0;
  for (let i = 0; i < d; i++) {
    largest = Math.max(largest, matrix[i * d + i]);
    smallest = Math.min(smallest, matrix[i * d + i]);
  }
  const stop = d * Number.EPSILON * largest;
  if (smallest < -stop) {
    throw new RangeError(`A positive semidefinite matrix has no negative diagonal entry ${smallest}.`);
  }
  const rows = await factorAsItStands(matrix, d, stop, kernel);
  if (rows) return { dimension: d, rank: d, rows, order: Int32Array.from({ length: d }, (_, i) => i) };
  return withWorkspace((workspace) => factorPivoted(workspace, matrix, d, stop));
}

/**
 * U [d, d] with S = U^T U, strip of rows by strip: what the rows above account for is one product, and the little that is
 * left inside a strip goes row by row. Null when the matrix turns out not to have full rank.
 */
async function factorAsItStands(
  matrix: Float64Array,
  d: number,
  stop: number,
  kernel: GramKernel,
): Promise<Float64Array | null> {
  const rows = new Float64Array(d * d);
  // U^T: the product of its rows is what the rows above account for.
  const lower = new Float64Array(d * d);
  for (let low = 0; low < d; low += STRIP) {
    const count = Math.min(STRIP, d - low);
    const width = d - low;
    const strip = new Float64Array(count * width);
    for (let i = 0; i < count; i++)
      strip.set(matrix.subarray((low + i) * d + low, (low + i + 1) * d), i * width);
    if (low > 0) {
      const known = new Float64Array(width * low);
      for (let i = 0; i < width; i++) known.set(lower.subarray((low + i) * d, (low + i) * d + low), i * low);
      const taken = await kernel(known.subarray(0, count * low), count, known, width, low);
      for (let i = 0; i < strip.length; i++) strip[i] -= taken[i];
    }
    if (!factorStrip(strip, count, width, stop)) return null;
    for (let i = 0; i < count; i++) {
      for (let j = i; j < width; j++) {
        rows[(low + i) * d + low + j] = lower[(low + j) * d + low + i] = strip[i * width + j];
      }
    }
  }
  return rows;
}

/** Factors a [count, width] strip in place whose first `count` columns are its diagonal block; false when a pivot is too small. */
function factorStrip(strip: Float64Array, count: number, width: number, stop: number): boolean {
  return withWorkspace((workspace) => {
    // The kernels take rows by four and columns by two.
    const stride = width + (width & 1);
    const work = workspace.floats((count + 4) * stride);
    const factors = workspace.floats(count + 4);
    for (let i = 0; i < count; i++) work.set(strip.subarray(i * width, (i + 1) * width), i * stride);
    for (let k = 0; k < count; k++) {
      for (let p = 0; p < k; p++) factors[p] = -work[p * stride + k];
      factors.fill(0, k);
      // From the even column at or before the diagonal on; the one before is below the diagonal and not read again.
      const from = k - (k & 1);
      const at = work.byteOffset + 8 * from;
      const whole = 4 * Math.ceil(k / 4);
      workspace.kernels.combine(
        at,
        8 * stride,
        whole,
        stride - from,
        factors.byteOffset,
        at + 8 * k * stride,
      );
      const pivot = work[k * stride + k];
      if (!(pivot > stop)) return false;
      const inverse = 1 / Math.sqrt(pivot);
      for (let j = k; j < width; j++) strip[k * width + j] = work[k * stride + j] *= inverse;
    }
    return true;
  });
}

/** The factor with complete pivoting, to the numerical rank. */
function factorPivoted(workspace: Workspace, matrix: Float64Array, d: number, stop: number): CholeskyFactor {
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
      for (let j = k + 1; j < d; j++) if (diagonal[j] > diagonal[pivot]) pivot = j;
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
    if (k < end || end === d) break;
    // trailing -= panel^T panel; both triangles, since rows and columns may yet be swapped.
    const width = end - start;
    const n = d - end;
    for (let p = 0; p < width; p++) {
      const row = (start + p) * stride + end;
      for (let j = 0; j < n; j++) columns[j * width + p] = rows[row + j];
    }
    const panel = { data: columns, offset: 0, stride: width };
    const trailing = { data: work, offset: end * stride + end, stride };
    addProductTransposed(workspace, trailing, panel, panel, n, n, width, { scale: -1 });
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
