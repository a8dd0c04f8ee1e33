import type { FeatureSet } from "@/lib/metrics/features";
import { rowsOf } from "@/lib/metrics/features";
import { addProductTransposed, padded } from "@/lib/metrics/linear-algebra/matrix-product";
import { withWorkspace } from "@/lib/metrics/linear-algebra/workspace";

/**
 * Inner products of every row of A [m, d] with every row of B [n, d], as [m, n] float64. Metrics over pairs of
 * samples spend nearly all their time here, so the kernel is an argument: {@link simdGram} needs nothing but
 * this library, onnx-gram.ts (feature-extractors) is faster on wide features.
 */
export type GramKernel = (
  a: Float64Array,
  m: number,
  b: Float64Array,
  n: number,
  d: number,
) => Float64Array | Promise<Float64Array>;

/** What may be said of the products behind a metric. */
export interface KernelOptions {
  /** {@link simdGram} by default. */
  kernel?: GramKernel;
}

/** The kernel of this library: WebAssembly SIMD, large products shared between threads. */
export const simdGram: GramKernel = (a, m, b, n, d) =>
  withWorkspace((workspace) => {
    const left = { data: workspace.floats(m * d), offset: 0, stride: d };
    left.data.set(a);
    const right = a === b ? left : { data: workspace.floats(n * d), offset: 0, stride: d };
    if (a !== b) right.data.set(b);
    const stride = padded(n);
    const product = workspace.floats(padded(m) * stride);
    addProductTransposed(workspace, { data: product, offset: 0, stride }, left, right, m, n, d);
    const gram = new Float64Array(m * n);
    for (let i = 0; i < m; i++) gram.set(product.subarray(i * stride, i * stride + n), i * n);
    return gram;
  });

/** A block of inner products: entry (i, j) belongs to row `row + i` of A and row `column + j` of B. */
export interface GramTile {
  row: number;
  column: number;
  rows: number;
  columns: number;
  /** [rows, columns], row-major. */
  gram: Float64Array;
}

export interface GramOptions extends KernelOptions {
  /** Rows and columns of a tile; 1024 of 2048 features take 16 MB. */
  tile?: number;
  /** Called after each tile with the share done, 0 to 1. */
  onProgress?: (share: number) => void;
}

const TILE = 1024;

/**
 * Visits all inner products between two sets tile by tile, so that memory does not grow with their product.
 * When both arguments are the same set, only tiles with column >= row are visited.
 */
export async function forEachGramTile(
  a: FeatureSet,
  b: FeatureSet,
  { kernel = simdGram, tile = TILE, onProgress }: GramOptions,
  visit: (tile: GramTile) => void,
): Promise<void> {
  const d = a.dimension;
  const same = a === b;
  const rowTiles = Math.ceil(a.n / tile);
  const columnTiles = Math.ceil(b.n / tile);
  const total = same ? (rowTiles * (rowTiles + 1)) / 2 : rowTiles * columnTiles;
  let done = 0;
  const widen = (set: FeatureSet) =>
    set.data instanceof Float64Array ? set.data : Float64Array.from(set.data);
  for (let row = 0; row < a.n; row += tile) {
    const rows = Math.min(tile, a.n - row);
    const left = widen(rowsOf(a, row, row + rows));
    for (let column = same ? row : 0; column < b.n; column += tile) {
      const columns = Math.min(tile, b.n - column);
      const right = same && row === column ? left : widen(rowsOf(b, column, column + columns));
      visit({ row, column, rows, columns, gram: await kernel(left, rows, right, columns, d) });
      onProgress?.(++done / total);
    }
  }
}

/** |x|^2 of every row. */
export function squaredNorms({ data, dimension, n }: FeatureSet): Float64Array {
  const norms = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = i * dimension; j < (i + 1) * dimension; j++) sum += data[j] * data[j];
    norms[i] = sum;
  }
  return norms;
}
