import type { GramKernel } from "@/lib/numerics/gram";
import {
  BAND,
  blockFactor,
  factorPanel,
  transposed,
  type Panel,
} from "@/lib/numerics/linear-algebra/block-reflection";

/** Blocks of BAND columns that are reduced before the rest of the matrix is updated, once for all of them. */
const GROUP = 4;
/** Rows of a tile of that update: its 2 MB stay in the cache. */
const TILE = 512;

/** A symmetric band matrix by its lower triangle: entry (i, i - k) lies at i * (BAND + 1) + k, k <= BAND. */
export interface SymmetricBand {
  dimension: number;
  entries: Float64Array;
}

/**
 * Orthogonal reduction of a symmetric matrix to a band with the same eigenvalues: the first of the two stages of
 * Bischof, Lang & Sun (2000). The block under each diagonal block is factored as Q R, and A becomes
 * Q^T A Q = A - V W^T - W V^T on what is left, which is nearly all matrix products; a direct reduction to three diagonals
 * spends half of its work on matrix times vector instead, which waits for memory. For the same reason the updates of
 * GROUP blocks are gathered (as LAPACK's dlatrd does with columns) and the matrix is rewritten once for all of them.
 *
 * @param matrix [d, d] row-major, both triangles; destroyed
 */
export async function bandForm(matrix: Float64Array, d: number, kernel: GramKernel): Promise<SymmetricBand> {
  const band = { dimension: d, entries: new Float64Array(d * (BAND + 1)) };
  let a = matrix;
  let spare: Float64Array = new Float64Array(0);
  for (let n = d; ;) {
    const updates = await reduceColumns(a, n, band, kernel);
    const m = n - GROUP * BAND;
    if (m <= 0) return band;
    if (spare.length === 0) spare = new Float64Array(m * m);
    await writeRest(a, n, updates, spare, m, kernel);
    [a, spare] = [spare, a];
    n = m;
  }
}

/** Pending updates of an [n, n] matrix: A - L R^T with L [n, width] = V0 W0 V1 W1 ... and R = W0 V0 W1 V1 ... */
interface Updates {
  /** L by rows, and by columns. */
  left: Float64Array;
  leftT: Float64Array;
  width: number;
}

/** Reduces the first GROUP * BAND columns of what is left, [n, n]; the matrix stays as it is, what it should become is returned. */
async function reduceColumns(
  a: Float64Array,
  n: number,
  { dimension, entries }: SymmetricBand,
  kernel: GramKernel,
): Promise<Updates> {
  let updates: Updates = { left: new Float64Array(0), leftT: new Float64Array(0), width: 0 };
  for (let low = 0; low < Math.min(n, GROUP * BAND); low += BAND) {
    const top = Math.min(BAND, n - low);
    const first = dimension - n + low;
    const columns = await currentColumns(a, n, low, top, updates, kernel);
    const length = n - low;
    for (let i = 0; i < top; i++) {
      for (let j = 0; j <= i; j++) entries[(first + i) * (BAND + 1) + i - j] = columns[j * length + i];
    }
    const m = length - top;
    if (m === 0) break;
    const panel = factorPanel(columns, length);
    for (let j = 0; j < BAND; j++) {
      for (let i = 0; i <= Math.min(j, m - 1); i++) {
        entries[(first + BAND + i) * (BAND + 1) + BAND + i - j] = panel.r[j * BAND + i];
      }
    }
    const vt = indented(panel.vt, m, n);
    const av = await timesVectors(a, n, m, vt, updates, kernel);
    const w = await updateVectors(av, m, panel, kernel);
    updates = append(updates, n, panel.v, vt, w);
  }
  return updates;
}

/** Columns [low, low + count) of A - L R^T from row `low` on, as rows: [count, n - low]. */
async function currentColumns(
  a: Float64Array,
  n: number,
  low: number,
  count: number,
  { left, width }: Updates,
  kernel: GramKernel,
): Promise<Float64Array> {
  const length = n - low;
  const columns = new Float64Array(count * length);
  // The matrix is symmetric: its columns are its rows.
  for (let j = 0; j < count; j++) {
    const row = (low + j) * n + low;
    columns.set(a.subarray(row, row + length), j * length);
  }
  if (width === 0) return columns;
  const own = swapped(left.subarray(low * width, (low + count) * width), width);
  const taken = await kernel(own, count, left.subarray(low * width), length, width);
  for (let i = 0; i < columns.length; i++) columns[i] -= taken[i];
  return columns;
}

/** (A - L R^T) V in its last m rows, [m, BAND], for reflections [BAND, n] that are zero before them. */
async function timesVectors(
  a: Float64Array,
  n: number,
  m: number,
  vt: Float64Array,
  { left, leftT, width }: Updates,
  kernel: GramKernel,
): Promise<Float64Array> {
  const av = await kernel(a.subarray((n - m) * n, n * n), m, vt, BAND, n);
  if (width === 0) return av;
  const overlaps = swapped(await kernel(vt, BAND, leftT, width, n), width);
  const taken = await kernel(left.subarray((n - m) * width), m, overlaps, BAND, width);
  for (let i = 0; i < av.length; i++) av[i] -= taken[i];
  return av;
}

/** The updates with one more block of V and W, given from their first row that is not zero on. */
function append(
  { left, leftT, width }: Updates,
  n: number,
  v: Float64Array,
  vt: Float64Array,
  w: Float64Array,
): Updates {
  const wider = width + 2 * BAND;
  const above = n - v.length / BAND;
  const next = { left: new Float64Array(n * wider), leftT: new Float64Array(wider * n), width: wider };
  for (let i = 0; i < n; i++) {
    next.left.set(left.subarray(i * width, (i + 1) * width), i * wider);
    if (i < above) continue;
    const from = (i - above) * BAND;
    next.left.set(v.subarray(from, from + BAND), i * wider + width);
    next.left.set(w.subarray(from, from + BAND), i * wider + width + BAND);
  }
  const m = n - above;
  next.leftT.set(leftT);
  next.leftT.set(vt, width * n);
  next.leftT.set(indented(transposed(w, m, BAND), m, n), (width + BAND) * n);
  return next;
}

/** Rows of L as rows of R, or the other way round: each block of V changes places with its W. */
function swapped(rows: Float64Array, width: number): Float64Array {
  const out = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at += width) {
    for (let c = 0; c < width; c += 2 * BAND) {
      out.set(rows.subarray(at + c + BAND, at + c + 2 * BAND), at + c);
      out.set(rows.subarray(at + c, at + c + BAND), at + c + BAND);
    }
  }
  return out;
}

/** Rows of m numbers as rows of n, zeros first. */
function indented(rows: Float64Array, m: number, n: number): Float64Array {
  if (m === n) return rows;
  const count = rows.length / m;
  const out = new Float64Array(count * n);
  for (let i = 0; i < count; i++) out.set(rows.subarray(i * m, (i + 1) * m), i * n + n - m);
  return out;
}

/** W [m, BAND] with Q^T A Q = A - V W^T - W V^T, from A V: W = X - V (T^T V^T X) / 2 for X = A V T. */
async function updateVectors(
  av: Float64Array,
  m: number,
  { v, vt, taus }: Panel,
  kernel: GramKernel,
): Promise<Float64Array> {
  const t = blockFactor(await kernel(vt, BAND, vt, BAND, m), taus);
  const tt = transposed(t, BAND, BAND);
  const x = await kernel(av, m, tt, BAND, BAND);
  const vx = await kernel(vt, BAND, transposed(x, m, BAND), BAND, m);
  const half = await kernel(tt, BAND, transposed(vx, BAND, BAND), BAND, BAND);
  const correction = await kernel(v, m, transposed(half, BAND, BAND), BAND, BAND);
  for (let i = 0; i < x.length; i++) x[i] -= correction[i] / 2;
  return x;
}

/** The last [m, m] block of A - L R^T, from the [n, n] matrix: lower tiles, mirrored, so half of the products are computed. */
async function writeRest(
  a: Float64Array,
  n: number,
  { left: all, width }: Updates,
  rest: Float64Array,
  m: number,
  kernel: GramKernel,
): Promise<void> {
  const left = all.subarray((n - m) * width);
  const right = swapped(left, width);
  for (let iLow = 0; iLow < m; iLow += TILE) {
    const rows = Math.min(m, iLow + TILE) - iLow;
    for (let jLow = 0; jLow <= iLow; jLow += TILE) {
      const columns = Math.min(m, jLow + TILE) - jLow;
      const [ofI, ofJ] = [
        left.subarray(iLow * width, (iLow + rows) * width),
        right.subarray(jLow * width, (jLow + columns) * width),
      ];
      const product = await kernel(ofI, rows, ofJ, columns, width);
      for (let i = 0; i < rows; i++) {
        const from = (n - m + iLow + i) * n + n - m + jLow;
        const to = (iLow + i) * m + jLow;
        for (let j = 0; j < columns; j++) rest[to + j] = a[from + j] - product[i * columns + j];
      }
      if (iLow !== jLow) mirrorTile(rest, m, iLow, jLow, rows, columns);
    }
  }
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
