import type { FeatureSet } from "@/lib/metrics/features";
import type { GramOptions } from "@/lib/metrics/gram";
import { forEachGramTile, originOf, squaredNorms } from "@/lib/metrics/gram";
import { MetricError } from "@/lib/metrics/metric-error";

/** Nearest rows of another set (or of the same set, without the row itself), nearest first. */
export interface Neighbours {
  k: number;
  /** [n, k] squared Euclidean distances, ascending in each row. */
  squaredDistances: Float64Array;
  /** [n, k] indices into the other set. */
  indices: Int32Array;
}

/** Squared distance from norms and inner product; rounding can take it below zero. */
export const squaredDistance = (x: number, y: number, inner: number): number =>
  Math.max(0, x + y - 2 * inner);

/**
 * The k nearest rows of `to` for every row of `from`. When both are the same set, a row is not its own
 * neighbour, so a duplicate lies at distance 0. Memory is O(n k) plus one tile.
 * @throws MetricError TOO_FEW when there are not k others.
 */
export async function nearestNeighbours(
  from: FeatureSet,
  to: FeatureSet,
  k: number,
  options: GramOptions = {},
): Promise<Neighbours> {
  const same = from === to;
  if (!Number.isInteger(k) || k < 1) throw new MetricError("OPTION", `k is a positive integer, not ${k}.`);
  if (to.n - (same ? 1 : 0) < k) {
    throw new MetricError("TOO_FEW", `${k} nearest neighbours need more than ${to.n} samples.`);
  }
  const origin = options.origin ?? originOf(to);
  const fromNorms = squaredNorms(from, origin);
  const toNorms = same ? fromNorms : squaredNorms(to, origin);
  const squaredDistances = new Float64Array(from.n * k).fill(Infinity);
  const indices = new Int32Array(from.n * k).fill(-1);
  const offer = (row: number, distance: number, index: number) => {
    const base = row * k;
    let at = base + k - 1;
    if (distance >= squaredDistances[at]) return;
    // Insertion into the row's short ascending list.
    for (; at > base && squaredDistances[at - 1] > distance; at--) {
      squaredDistances[at] = squaredDistances[at - 1];
      indices[at] = indices[at - 1];
    }
    squaredDistances[at] = distance;
    indices[at] = index;
  };
  await forEachGramTile(from, to, { ...options, origin }, ({ row, column, rows, columns, gram }) => {
    for (let i = 0; i < rows; i++) {
      const a = row + i;
      for (let j = same && row === column ? i + 1 : 0; j < columns; j++) {
        const b = column + j;
        const distance = squaredDistance(fromNorms[a], toNorms[b], gram[i * columns + j]);
        offer(a, distance, b);
        if (same) offer(b, distance, a);
      }
    }
  });
  return { k, squaredDistances, indices };
}

/** Squared distance of every row to its k-th nearest neighbour, from lists of at least k. */
export function squaredRadii({ squaredDistances, k: kept }: Neighbours, k: number): Float64Array {
  return Float64Array.from(
    { length: squaredDistances.length / kept },
    (_, i) => squaredDistances[i * kept + k - 1],
  );
}
