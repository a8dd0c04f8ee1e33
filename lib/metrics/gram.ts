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
  /**
   * Subtracted from every row, [d]: distances stay what they are, and keep their digits where the features are far from zero and
   * near each other. Products and norms of one metric take the same origin. See {@link originOf}.
   */
  origin?: Float64Array;
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
  { kernel = simdGram, tile = TILE, onProgress, origin }: GramOptions,
  visit: (tile: GramTile) => void,
): Promise<void> {
  const d = a.dimension;
  const same = a === b;
  const rowTiles = Math.ceil(a.n / tile);
  const columnTiles = Math.ceil(b.n / tile);
  const total = same ? (rowTiles * (rowTiles + 1)) / 2 : rowTiles * columnTiles;
  let done = 0;
  const widen = ({ data }: FeatureSet) => {
    if (origin) return Float64Array.from(data, (x, i) => x - origin[i % d]);
    return data instanceof Float64Array ? data : Float64Array.from(data);
  };
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

/** |x - origin|^2 of every row. */
export function squaredNorms({ data, dimension, n }: FeatureSet, origin?: Float64Array): Float64Array {
  const norms = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const row = i * dimension;
    let sum = 0;
    for (let j = 0; j < dimension; j++) {
      const x = origin ? data[row + j] - origin[j] : data[row + j];
      sum += x * x;
    }
    norms[i] = sum;
  }
  return norms;
}

/**
 * A row of the set to measure distances from: the one nearest to its mean. A row, not the mean, because integers and float32
 * features less a row are exact in float64, so that equal distances stay equal.
 */
export function originOf({ data, dimension: d, n }: FeatureSet): Float64Array {
  const mean = new Float64Array(d);
  for (let i = 0; i < n; i++) for (let j = 0; j < d; j++) mean[j] += (data[i * d + j] - mean[j]) / (i + 1);
  let best = 0;
  let least = Infinity;
  for (let i = 0; i < n; i++) {
    let gap = 0;
    for (let j = 0; j < d; j++) gap += (data[i * d + j] - mean[j]) ** 2;
    if (gap < least) [best, least] = [i, gap];
  }
  return Float64Array.from(data.subarray(best * d, (best + 1) * d));
}
