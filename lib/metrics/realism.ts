import type { FeatureSet } from "@/lib/metrics/features";
import { requireComparable } from "@/lib/metrics/features";
import type { GramOptions } from "@/lib/metrics/gram";
import { forEachGramTile, originOf, squaredNorms } from "@/lib/metrics/gram";
import { nearestNeighbours, squaredDistance, squaredRadii } from "@/lib/metrics/neighbours";

/**
 * Realism score of every generated sample (Kynkäänniemi et al. 2019, section 5): the largest ratio, over the real
 * samples, of a real sample's own k-neighbour radius to its distance from the generated one. From 1 on the sample lies
 * within the real ones' neighbourhood; below, the smaller the stranger. As published, only the half of the real samples
 * with the smaller radii counts: outliers' wide balls would find anything realistic.
 * @returns [n] scores; Infinity for a copy of a real sample
 * @throws MetricError DIMENSION, TOO_FEW (the real set must have more than k samples)
 */
export async function realismScores(
  real: FeatureSet,
  fake: FeatureSet,
  { k = 3, ...rest }: GramOptions & { k?: number } = {},
): Promise<Float64Array> {
  requireComparable(real, fake, 1, "Realism");
  const options = { ...rest, origin: originOf(real) };
  const radii = squaredRadii(await nearestNeighbours(real, real, k, options), k);
  const median = Float64Array.from(radii).sort()[Math.floor((real.n - 1) / 2)];
  const scores = new Float64Array(fake.n);
  const [realNorms, fakeNorms] = [squaredNorms(real, options.origin), squaredNorms(fake, options.origin)];
  await forEachGramTile(real, fake, options, ({ row, column, rows, columns, gram }) => {
    for (let i = 0; i < rows; i++) {
      const r = row + i;
      if (radii[r] > median) continue;
      for (let j = 0; j < columns; j++) {
        const distance = squaredDistance(realNorms[r], fakeNorms[column + j], gram[i * columns + j]);
        const ratio = distance > 0 ? radii[r] / distance : Infinity;
        if (ratio > scores[column + j]) scores[column + j] = ratio;
      }
    }
  });
  return scores.map(Math.sqrt);
}
