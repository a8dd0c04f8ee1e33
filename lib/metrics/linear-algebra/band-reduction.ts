import type { GramKernel } from "@/lib/metrics/gram";
import { reflector } from "@/lib/metrics/linear-algebra/householder";
import { withWorkspace } from "@/lib/metrics/linear-algebra/workspace";

/** Sub-diagonals of the band. Wider bands make larger products here and more work in {@link tridiagonalForm}. */
export const BAND = 32;
/** Rows of a tile of the trailing update: its 2 MB stay in the cache. */
const TILE = 512;

/** A symmetric band matrix by its lower triangle: entry (i, i - k) lies at i * (BAND + 1) + k, k <= BAND. */
export interface SymmetricBand {
  dimension: number;
  entries: Float64Array;
}

/**
 * Orthogonal reduction of a symmetric matrix to a band with the same eigenvalues: the first of the two stages of
 * Bischof, Lang & Sun (2000). The block under each diagonal block is factored as Q R, and A becomes Q^T A Q on
 * what is left, which is nearly all matrix products; a direct reduction to three diagonals spends half of its work on
 * matrix times vector instead, which waits for memory.
 *
 * @param matrix [d, d] row-major, both triangles; destroyed
 */
export async function bandForm(matrix: Float64Array, d: number, kernel: GramKernel): Promise<SymmetricBand> {
  const band = { dimension: d, entries: new Float64Array(d * (BAND + 1)) };
  // What is left of A is kept as a whole [n, n] matrix at the front of `matrix`.
  for (let n = d; n > 0;) {
    const top = Math.min(BAND, n);
    const first = d - n;
    for (let i = 0; i < top; i++) {
      for (let j = 0; j <= i; j++) band.entries[(first + i) * (BAND + 1) + i - j] = matrix[i * n + j];
    }
    const m = n - top;
    if (m > 0) {
      const panel = factorPanel(matrix, n);
      for (let j = 0; j < BAND; j++) {
        for (let i = 0; i <= Math.min(j, m - 1); i++) {
          band.entries[(first + BAND + i) * (BAND + 1) + BAND + i - j] = panel.r[j * BAND + i];
        }
      }
      dropFirst(matrix, n, top);
      const w = await updateVectors(matrix, m, panel, kernel);
      await subtractProducts(matrix, m, panel.v, w, kernel);
    }
    n = m;
  }
  return band;
}

/** Moves the trailing [n - top, n - top] block to the front. */
function dropFirst(matrix: Float64Array, n: number, top: number): void {
  const m = n - top;
  for (let i = 0; i < m; i++) {
    const from = (i + top) * n + top;
    matrix.copyWithin(i * m, from, from + m);
  }
}

interface Panel {
  /** Reflections as columns, [m, BAND], and as rows, [BAND, m]: Q = I - V T V^T with the factors `taus`. */
  v: Float64Array;
  vt: Float64Array;
  taus: Float64Array;
  /** R by columns: entry (i, j) at j * BAND + i, i <= j. */
  r: Float64Array;
}

/** Q R of the block below the first BAND rows of the first BAND columns of an [n, n] matrix. */
function factorPanel(matrix: Float64Array, n: number): Panel {
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
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < BAND; j++) panel[j * stride + i] = matrix[(BAND + i) * n + j];
    }
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
    const columns = new Float64Array(m * BAND);
    for (let c = 0; c < BAND; c++) for (let i = c; i < m; i++) columns[i * BAND + c] = vt[c * m + i];
    return { v: columns, vt, taus, r };
  });
}

/** T of the product of reflections I - V T V^T from V^T V and their factors (LAPACK's dlarft). */
function blockFactor(overlaps: Float64Array, taus: Float64Array): Float64Array {
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

const transposed = (a: Float64Array, rows: number, columns: number): Float64Array => {
  const out = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j * rows + i] = a[i * columns + j];
  return out;
};

/** W [m, BAND] with Q^T A Q = A - V W^T - W V^T: W = X - V (T^T V^T X) / 2 for X = A V T. */
async function updateVectors(
  a: Float64Array,
  m: number,
  { v, vt, taus }: Panel,
  kernel: GramKernel,
): Promise<Float64Array> {
  const t = blockFactor(await kernel(vt, BAND, vt, BAND, m), taus);
  const av = await kernel(a.subarray(0, m * m), m, vt, BAND, m);
  const tt = transposed(t, BAND, BAND);
  const x = await kernel(av, m, tt, BAND, BAND);
  const vx = await kernel(vt, BAND, transposed(x, m, BAND), BAND, m);
  const half = await kernel(tt, BAND, transposed(vx, BAND, BAND), BAND, BAND);
  const correction = await kernel(v, m, transposed(half, BAND, BAND), BAND, BAND);
  return x.map((value, i) => value - correction[i] / 2);
}

/** A - V W^T - W V^T, tile by tile of the lower triangle, mirrored: only half of the products are computed. */
async function subtractProducts(
  a: Float64Array,
  m: number,
  v: Float64Array,
  w: Float64Array,
  kernel: GramKernel,
): Promise<void> {
  const width = 2 * BAND;
  const [left, right] = [new Float64Array(m * width), new Float64Array(m * width)];
  for (let i = 0; i < m; i++) {
    for (let c = 0; c < BAND; c++) {
      left[i * width + c] = right[i * width + BAND + c] = v[i * BAND + c];
      left[i * width + BAND + c] = right[i * width + c] = w[i * BAND + c];
    }
  }
  for (let iLow = 0; iLow < m; iLow += TILE) {
    const iHigh = Math.min(m, iLow + TILE);
    for (let jLow = 0; jLow <= iLow; jLow += TILE) {
      const jHigh = Math.min(m, jLow + TILE);
      const [rows, columns] = [iHigh - iLow, jHigh - jLow];
      const product = await kernel(
        left.subarray(iLow * width, iHigh * width),
        rows,
        right.subarray(jLow * width, jHigh * width),
        columns,
        width,
      );
      subtractTile(a, m, product, iLow, jLow, rows, columns);
    }
  }
}

function subtractTile(
  a: Float64Array,
  m: number,
  product: Float64Array,
  iLow: number,
  jLow: number,
  rows: number,
  columns: number,
): void {
  for (let i = 0; i < rows; i++) {
    let at = (iLow + i) * m + jLow;
    const from = i * columns;
    for (let j = 0; j < columns; j++, at++) a[at] -= product[from + j];
  }
  if (iLow !== jLow) mirrorTile(a, m, iLow, jLow, rows, columns);
}

/** Squares that are mirrored together, so that both they and their image stay in the first-level cache. */
const SQUARE = 32;

function mirrorTile(
  a: Float64Array,
  m: number,
  iLow: number,
  jLow: number,
  rows: number,
  columns: number,
): void {
  for (let i0 = 0; i0 < rows; i0 += SQUARE) {
    const i1 = Math.min(rows, i0 + SQUARE);
    for (let j0 = 0; j0 < columns; j0 += SQUARE) {
      const j1 = Math.min(columns, j0 + SQUARE);
      for (let j = j0; j < j1; j++) {
        let from = (iLow + i0) * m + jLow + j;
        const to = (jLow + j) * m + iLow;
        for (let i = i0; i < i1; i++, from += m) a[to + i] = a[from];
      }
    }
  }
}
