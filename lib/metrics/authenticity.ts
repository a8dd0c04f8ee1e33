import type { Estimate } from "@/lib/metrics/estimate";
import { estimateOfMean } from "@/lib/metrics/estimate";
import type { FeatureSet } from "@/lib/metrics/features";
import { requireComparable } from "@/lib/metrics/features";
import type { GramOptions } from "@/lib/metrics/gram";
import { originOf } from "@/lib/metrics/gram";
import { nearestNeighbours } from "@/lib/metrics/neighbours";
import { withFeatures, type Compute } from "@/lib/metrics/metric-input";

export interface Authenticity {
  /** Share (0..1) of generated samples that are no closer to their nearest real sample than real ones are. */
  authentic: Estimate;
  /** The generated samples nearest to a real one, most suspicious first. */
  closest: { generated: number; real: number; distance: number; ratio: number }[];
}

/**
 * AuthPct, a memorisation check (Alaa et al. 2022): a generated sample is authentic when its nearest real
 * sample has another real sample nearer to itself than the generated one. Copies of training images are not;
 * for a perfect model the share is about one half, for one that only copies 0.
 *
 * @param listed how many of the most suspicious pairs to return; `ratio` is the distance to the nearest real
 *   sample over that sample's own distance to its nearest real neighbour.
 * @throws MetricError DIMENSION, TOO_FEW
 */
export async function authenticity(
  real: FeatureSet,
  fake: FeatureSet,
  { listed = 20, ...rest }: GramOptions & { listed?: number } = {},
): Promise<Authenticity> {
  requireComparable(real, fake, 2, "The memorisation check");
  const options = { ...rest, origin: originOf(real) };
  const amongReal = (await nearestNeighbours(real, real, 1, options)).squaredDistances;
  const nearest = await nearestNeighbours(fake, real, 1, options);
  const pairs = Array.from({ length: fake.n }, (_, generated) => {
    const index = nearest.indices[generated];
    const distance = Math.sqrt(nearest.squaredDistances[generated]);
    const own = Math.sqrt(amongReal[index]);
    return {
      generated,
      real: index,
      distance,
      ratio: own > 0 ? distance / own : distance > 0 ? Infinity : 1,
    };
  });
  return {
    authentic: estimateOfMean(
      Float64Array.from(pairs, ({ generated, real }) =>
        amongReal[real] < nearest.squaredDistances[generated] ? 1 : 0,
      ),
      { range: [0, 1] },
    ),
    closest: pairs.sort((a, b) => a.ratio - b.ratio).slice(0, listed),
  };
}

/** "authpct": in percent as published; its estimate is a share. */
export const computeAuthenticity: Compute = async (input) => {
  const { real, fake, kernel, onProgress } = withFeatures(input);
  const { authentic } = await authenticity(real, fake, { kernel, onProgress });
  return {
    numbers: { percent: 100 * authentic.value, low: 100 * authentic.low, high: 100 * authentic.high },
    estimates: { authentic },
    caveat: null,
  };
};
