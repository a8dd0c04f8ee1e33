import type { FeatureSet } from "@/lib/metrics/features";
import { rowsOf } from "@/lib/metrics/features";
import { simdGram, type KernelOptions } from "@/lib/numerics/gram";

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
