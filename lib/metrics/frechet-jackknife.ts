import type { Estimate } from "@/lib/metrics/estimate";
import { estimateOf } from "@/lib/metrics/estimate";
import type { FeatureSet } from "@/lib/metrics/features";
import type { Gaussian, PreparedReference } from "@/lib/metrics/frechet-distance";
import {
  frechetDistance,
  gaussianOf,
  prepareReference,
  sizeBiasCaveat,
} from "@/lib/metrics/frechet-distance";
import type { KernelOptions } from "@/lib/numerics/gram";
import { MetricError } from "@/lib/metrics/metric-error";
import type { Moments } from "@/lib/metrics/moments";
import { MomentsAccumulator } from "@/lib/metrics/moments";
import type { Compute, MetricInput } from "@/lib/metrics/metric-input";
import { expectedSizeBias } from "@/lib/metrics/size-bias";

export interface JackknifeOptions extends KernelOptions {
  /** Groups to leave out in turn: 20 by default, fewer when there are not 2 samples for each. */
  groups?: number;
  level?: number;
  onProgress?: (share: number) => void;
}

/**
 * Fréchet distance of a set to a fixed reference, its uncertainty by a delete-a-group jackknife (Quenouille,
 * Tukey; Shao & Tu 1995): the distance is computed again without each group, at one merge of moments and one
 * set of eigenvalues a group, whatever the number of features. Sample i belongs to group i mod `groups`, so two
 * models that answered the same prompts in the same order have matching groups and can be tested pairwise.
 *
 * What the interval is of: the distance that n samples of the same model are expected to show against this same
 * reference, size bias included. All leave-out distances carry the bias of the same smaller n, so it cancels.
 * @throws MetricError TOO_FEW (4 samples), DIMENSION, NOT_FINITE
 */
export async function frechetJackknife(
  set: FeatureSet,
  reference: Gaussian | PreparedReference,
  { groups = 20, level, kernel, onProgress }: JackknifeOptions = {},
): Promise<Estimate> {
  const count = Math.min(groups, Math.floor(set.n / 2));
  if (count < 2) {
    const text = `A Fréchet distance's interval needs at least 4 generated samples, not ${set.n}.`;
    throw new MetricError("TOO_FEW", text, "generated");
  }
  const prepared = await prepareReference(reference, { kernel });
  const parts = Array.from({ length: count }, (_, g) => groupMoments(set, g, count));
  const value = await frechetDistance(gaussianOf(mergeAll(parts)), prepared, { kernel });
  const influence = new Float64Array(count);
  onProgress?.(1 / (count + 1));
  for (let g = 0; g < count; g++) {
    const others = gaussianOf(mergeAll(parts.filter((_, i) => i !== g)));
    const without = await frechetDistance(others, prepared, { kernel });
    influence[g] = -(count - 1) * without;
    onProgress?.((g + 2) / (count + 1));
  }
  return estimateOf(value, influence, { level, range: [0, Infinity] });
}

function groupMoments({ data, dimension, n }: FeatureSet, group: number, groups: number): Moments {
  const accumulator = new MomentsAccumulator(dimension);
  for (let i = group; i < n; i += groups) accumulator.add(data.subarray(i * dimension, (i + 1) * dimension));
  return accumulator.finish();
}

function mergeAll(parts: Moments[]): Moments {
  const accumulator = new MomentsAccumulator(parts[0].dimension);
  for (const part of parts) accumulator.merge(part);
  return accumulator.finish();
}

const jackknives = new WeakMap<FeatureSet, { reference: PreparedReference; estimate: Promise<Estimate> }>();
/** The jackknife serves the distance and its extrapolation: asked for twice, it is run once. */
export function jackknifeOf({ fake, reference, kernel, onProgress }: MetricInput): Promise<Estimate> {
  const known = jackknives.get(fake);
  if (known?.reference === reference) return known.estimate;
  const estimate = frechetJackknife(fake, reference, { kernel, onProgress });
  jackknives.set(fake, { reference, estimate });
  return estimate;
}

/** "fd": with the jackknife's interval, and the size bias that is expected of so many samples. */
export const computeFrechetDistance: Compute = async (input) => {
  const { fake, reference, kernel } = input;
  const estimate = await jackknifeOf(input);
  const bias = await expectedSizeBias(reference.covariance, reference.dimension, fake.n, kernel);
  return {
    numbers: { value: estimate.value, low: estimate.low, high: estimate.high },
    estimates: { value: estimate },
    caveat: sizeBiasCaveat(fake.n, fake.dimension, bias),
  };
};
