import { addProductTransposed, padded } from "@/lib/metrics/linear-algebra/matrix-product";
import { bandBorder } from "@/lib/metrics/linear-algebra/shared-sweep.mjs";
import type { Workspace } from "@/lib/metrics/linear-algebra/workspace";
import { withWorkspace } from "@/lib/metrics/linear-algebra/workspace";
import { MetricError } from "@/lib/metrics/metric-error";

/**
 * Eigenvalues of a symmetric matrix, ascending: blocked Householder tridiagonalisation (LAPACK's dsytrd on
 * rows from the last), then the implicit QL iteration. Only the lower triangle is read.
 *
 * @param matrix [d, d] row-major; left untouched.
 * @throws MetricError NOT_FINITE when its lower triangle holds NaN or infinity.
 */
export function symmetricEigenvalues(matrix: Float64Array, d: number): Float64Array {
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) {
      if (!Number.isFinite(matrix[i * d + j])) {
        throw new MetricError("NOT_FINITE", `Entry (${i}, ${j}) of the matrix is ${matrix[i * d + j]}.`);
      }
    }
  }
  return withWorkspace((workspace) => {
    const { diagonal, offDiagonal } = tridiagonalise(workspace, matrix, d);
    return tridiagonalEigenvalues(diagonal, offDiagonal);
  });
}

interface Tridiagonal {
  diagonal: Float64Array;
  /** offDiagonal[i] couples i - 1 and i; entry 0 is 0. */
  offDiagonal: Float64Array;
}

/** Reflections gathered before the trailing matrix is updated with one product. */
const PANEL = 32;

/**
 * Tridiagonal form of the lower triangle of `matrix`. Row i is cleared left of its sub-diagonal by the
 * reflection I - v v^T / h; with w = A v / h - v (v.A v) / (2 h^2) the matrix becomes A - v w^T - w v^T. The
 * updates of a panel of rows are kept as columns (v, w) and applied together, which turns half of the work
 * into matrix products; the other half, A v, reads the lower triangle once a row.
 */
function tridiagonalise(workspace: Workspace, matrix: Float64Array, d: number): Tridiagonal {
  const stride = padded(d);
  const a = workspace.floats(stride * stride);
  for (let i = 0; i < d; i++) a.set(matrix.subarray(i * d, i * d + i + 1), i * stride);
  const diagonal = new Float64Array(d);
  const offDiagonal = new Float64Array(d);
  const v = workspace.floats(stride);
  const w = workspace.floats(stride);
  const product = symmetricProduct(workspace, a, stride);
  /** Reflections of the panel as rows: v_0, w_0, v_1, w_1, ... */
  const pairs = workspace.floats(2 * PANEL * stride);
  const panel = rowCombiner(workspace, pairs, stride);
  const left = { data: workspace.floats(stride * 2 * PANEL), offset: 0, stride: 2 * PANEL };
  const right = { data: workspace.floats(stride * 2 * PANEL), offset: 0, stride: 2 * PANEL };
  for (let high = d; high > 0;) {
    const low = Math.max(0, high - PANEL);
    let count = 0;
    for (let i = high - 1; i >= low; i--) {
      const row = i * stride;
      for (let p = 0; p < count; p++) {
        const pv = 2 * p * stride;
        panel.factors[2 * p] = -pairs[pv + stride + i];
        panel.factors[2 * p + 1] = -pairs[pv + i];
      }
      panel.addTo(a.byteOffset + 8 * row, 2 * count, i + 1);
      diagonal[i] = a[row + i];
      if (i === 0) break;
      const h = reflection(a, row, i, v, offDiagonal);
      if (h === 0) continue;
      product(i, v, w);
      // A is still the matrix before this panel: take the panel's reflections off A v.
      panel.dots(v.byteOffset, 2 * count, i);
      for (let p = 0; p < count; p++) {
        panel.factors[2 * p] = -panel.sums[2 * p + 1];
        panel.factors[2 * p + 1] = -panel.sums[2 * p];
      }
      panel.addTo(w.byteOffset, 2 * count, i);
      let overlap = 0;
      for (let j = 0; j < i; j++) overlap += w[j] * v[j];
      const shift = overlap / (2 * h * h);
      const pv = 2 * count * stride;
      for (let j = 0; j < i; j++) {
        pairs[pv + j] = v[j];
        pairs[pv + stride + j] = w[j] / h - shift * v[j];
      }
      count++;
    }
    if (low > 0 && count > 0) {
      for (let p = 0; p < count; p++) {
        const pv = 2 * p * stride;
        for (let j = 0; j < low; j++) {
          left.data[j * left.stride + 2 * p] = right.data[j * right.stride + 2 * p + 1] = pairs[pv + j];
          left.data[j * left.stride + 2 * p + 1] = right.data[j * right.stride + 2 * p] =
            pairs[pv + stride + j];
        }
      }
      const target = { data: a, offset: 0, stride };
      addProductTransposed(workspace, target, left, right, low, low, 2 * count, { scale: -1, part: "lower" });
    }
    pairs.fill(0);
    high = low;
  }
  return { diagonal, offDiagonal };
}

/**
 * Householder vector that clears row i of the matrix left of its sub-diagonal entry: fills v[0..i), writes
 * the new sub-diagonal, returns h = v.v / 2 (0 when there is nothing to clear).
 */
function reflection(
  a: Float64Array,
  row: number,
  i: number,
  v: Float64Array,
  offDiagonal: Float64Array,
): number {
  let scale = 0;
  for (let j = 0; j < i - 1; j++) scale = Math.max(scale, Math.abs(a[row + j]));
  const last = a[row + i - 1];
  if (scale === 0) {
    offDiagonal[i] = last;
    return 0;
  }
  scale = Math.max(scale, Math.abs(last));
  let norm2 = 0;
  for (let j = 0; j < i; j++) {
    v[j] = a[row + j] / scale;
    norm2 += v[j] * v[j];
  }
  const alpha = last >= 0 ? -Math.sqrt(norm2) : Math.sqrt(norm2);
  offDiagonal[i] = scale * alpha;
  const h = norm2 - v[i - 1] * alpha;
  v[i - 1] -= alpha;
  // The kernels read pairs of numbers.
  v[i] = 0;
  return h;
}

/** Fixed, so that sums are added in one order whatever number of threads computes them. */
const BANDS = 4;

/** w = A v for the leading n x n block of a symmetric matrix, of which only the lower triangle is read. */
function symmetricProduct(workspace: Workspace, a: Float64Array, stride: number) {
  const results = Array.from({ length: BANDS }, () => workspace.floats(stride));
  const scratch = workspace.floats(8 * BANDS);
  return (n: number, v: Float64Array, w: Float64Array): void => {
    workspace.symmetricTimesVector({
      bands: BANDS,
      a: a.byteOffset,
      stride: 8 * stride,
      n,
      v: v.byteOffset,
      results: results[0].byteOffset,
      resultBytes: results[1].byteOffset - results[0].byteOffset,
      scratch: scratch.byteOffset,
    });
    w.set(results[BANDS - 1].subarray(0, n));
    for (let band = BANDS - 2; band >= 0; band--) {
      const result = results[band];
      const reach = bandBorder(n, band + 1, BANDS);
      for (let j = 0; j < reach; j++) w[j] += result[j];
    }
  };
}

/**
 * Dot products with, and sums of, the first rows of a [rows, stride] array whose unused rows are zero. The kernel reads four
 * rows and an even number of columns at a time, so vectors must be zero (or of no account) one place beyond their end.
 */
function rowCombiner(workspace: Workspace, rows: Float64Array, stride: number) {
  const length = rows.length / stride;
  const [factors, zeros, sums, unused] = [length, 4, length, stride].map((n) => workspace.floats(n));
  const sweep = (
    count: number,
    columns: number,
    x: number,
    y: number,
    factorsAt: (row: number) => number,
  ) => {
    for (let row = 0; row < count; row += 4) {
      const at = rows.byteOffset + 8 * row * stride;
      const even = columns + (columns & 1);
      workspace.kernels.multiply(at, 8 * stride, even, x, y, factorsAt(row), sums.byteOffset + 8 * row);
    }
  };
  return {
    /** What addTo multiplies each row by. */
    factors,
    /** What dots found for each row. */
    sums,
    /** sums[r] = rows[r] . x for r < count. */
    dots: (x: number, count: number, columns: number) =>
      sweep(count, columns, x, unused.byteOffset, () => zeros.byteOffset),
    /** y += sum_r factors[r] rows[r] for r < count. */
    addTo: (y: number, count: number, columns: number) =>
      sweep(count, columns, unused.byteOffset, y, (row) => factors.byteOffset + 8 * row),
  };
}

const MAX_SWEEPS = 60;

/** Eigenvalues, ascending, of a symmetric tridiagonal matrix by the implicit QL iteration (EISPACK tql1). */
function tridiagonalEigenvalues(diagonal: Float64Array, offDiagonal: Float64Array): Float64Array {
  const n = diagonal.length;
  const off = new Float64Array(n);
  off.set(offDiagonal.subarray(1));
  for (let l = 0; l < n; l++) {
    for (let sweep = 0; ; sweep++) {
      let m = l;
      for (; m < n - 1; m++) {
        const size = Math.abs(diagonal[m]) + Math.abs(diagonal[m + 1]);
        if (Math.abs(off[m]) <= Number.EPSILON * size) break;
      }
      if (m === l) break;
      if (sweep === MAX_SWEEPS) throw new MetricError("NOT_FINITE", "The QL iteration did not converge.");
      chase(diagonal, off, l, m);
    }
  }
  return diagonal.sort();
}

/** One implicit QL sweep with Wilkinson's shift over rows l..m. */
function chase(diagonal: Float64Array, off: Float64Array, l: number, m: number): void {
  let g = (diagonal[l + 1] - diagonal[l]) / (2 * off[l]);
  let r = Math.hypot(g, 1);
  g = diagonal[m] - diagonal[l] + off[l] / (g + (g >= 0 ? r : -r));
  let s = 1;
  let c = 1;
  let p = 0;
  for (let i = m - 1; i >= l; i--) {
    const f = s * off[i];
    const b = c * off[i];
    r = Math.sqrt(f * f + g * g);
    off[i + 1] = r;
    if (r === 0) {
      diagonal[i + 1] -= p;
      off[m] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = diagonal[i + 1] - p;
    r = (diagonal[i] - g) * s + 2 * c * b;
    p = s * r;
    diagonal[i + 1] = g + p;
    g = c * r - b;
  }
  diagonal[l] -= p;
  off[l] = g;
  off[m] = 0;
}
