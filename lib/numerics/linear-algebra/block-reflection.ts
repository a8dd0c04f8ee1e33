import { reflector } from "@/lib/numerics/linear-algebra/householder";
import { withWorkspace } from "@/lib/numerics/linear-algebra/workspace";

/** Columns that are reflected together, and so the sub-diagonals of the band that is left (band-reduction.ts). */
export const BAND = 32;

/** Reflections of BAND columns as one block. */
export interface Panel {
  /** Reflections as columns, [m, BAND], and as rows, [BAND, m]: Q = I - V T V^T with the factors `taus`. */
  v: Float64Array;
  vt: Float64Array;
  taus: Float64Array;
  /** R by columns: entry (i, j) at j * BAND + i, i <= j. */
  r: Float64Array;
}

/** Q R of what lies below the first BAND rows of BAND columns, which are given as rows of n numbers. */
export function factorPanel(columns: Float64Array, n: number): Panel {
  const m = n - BAND;
  return withWorkspace((workspace) => {
    const { kernels } = workspace;
    // One row beyond four and one column beyond two: the kernels take rows by four, columns by two.
    const stride = m + BAND + (m & 1);
    const panel = workspace.floats((BAND + 4) * stride);
    const v = workspace.floats(stride);
    const zeros = workspace.floats(Math.max(stride, BAND + 4));
    const sums = workspace.floats(BAND + 4);
    const r = new Float64Array(BAND * BAND);
    const vt = new Float64Array(BAND * m);
    const taus = new Float64Array(BAND);
    for (let j = 0; j < BAND; j++) panel.set(columns.subarray(j * n + BAND, (j + 1) * n), j * stride);
    for (let c = 0; c < BAND; c++) {
      const row = c * stride;
      for (let i = 0; i < Math.min(c, m); i++) r[c * BAND + i] = panel[row + i];
      if (c >= m) continue;
      const length = m - c;
      v.fill(0);
      v.set(panel.subarray(row + c, row + m));
      const { beta, tau } = reflector(v, length);
      r[c * BAND + c] = beta;
      taus[c] = tau;
      vt.set(v.subarray(0, length), c * m + c);
      const rest = BAND - c - 1;
      if (rest === 0 || tau === 0) continue;
      const [rows, width] = [4 * Math.ceil(rest / 4), length + (length & 1)];
      const at = panel.byteOffset + 8 * (row + stride + c);
      kernels.dots(at, 8 * stride, rows, width, v.byteOffset, sums.byteOffset);
      for (let i = 0; i < rows; i++) sums[i] *= -tau;
      const none = zeros.byteOffset;
      kernels.rankTwo(at, 8 * stride, rows, width, sums.byteOffset, v.byteOffset, none, none);
    }
    return { v: transposed(vt, BAND, m), vt, taus, r };
  });
}

/** T of the product of reflections I - V T V^T from V^T V and their factors (LAPACK's dlarft). */
export function blockFactor(overlaps: Float64Array, taus: Float64Array): Float64Array {
  const t = new Float64Array(BAND * BAND);
  for (let j = 0; j < BAND; j++) {
    t[j * BAND + j] = taus[j];
    for (let i = 0; i < j; i++) {
      let sum = 0;
      for (let k = i; k < j; k++) sum += t[i * BAND + k] * overlaps[k * BAND + j];
      t[i * BAND + j] = -taus[j] * sum;
    }
  }
  return t;
}

export const transposed = (a: Float64Array, rows: number, columns: number): Float64Array => {
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j * rows + i] = a[i * columns + j];
  return out;
};
