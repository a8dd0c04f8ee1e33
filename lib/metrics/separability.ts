import type { Estimate } from "@/lib/metrics/estimate";
import { estimateOf } from "@/lib/metrics/estimate";
import type { GramKernel, KernelOptions } from "@/lib/numerics/gram";
import type { FeatureSet } from "@/lib/metrics/features";
import { pickRows, requireComparable } from "@/lib/metrics/features";
import { choleskyFactor } from "@/lib/numerics/linear-algebra/cholesky";
import { choleskySolve } from "@/lib/numerics/linear-algebra/solve";
import { MetricError } from "@/lib/metrics/metric-error";
import type { Moments } from "@/lib/metrics/moments";
import { MomentsAccumulator } from "@/lib/metrics/moments";
import { sampleWithoutReplacement } from "@/lib/metrics/resampling";
import { seededRandom } from "@/lib/numerics/random";

export interface SeparabilityOptions extends KernelOptions {
  /** Decides which samples fall into which fold. */
  seed: number;
  /** 5 by default. */
  folds?: number;
  /** Ridge added to the pooled covariance, as a share of its mean variance. */
  ridge?: number;
}

/**
 * Classifier two-sample test (Lopez-Paz & Oquab 2017) with a linear classifier: the share of held-out samples
 * whose side, real or generated, Fisher's discriminant tells. 0.5 is indistinguishable, 1 separable. Each side
 * weighs one half however many samples it has.
 *
 * Cross-validated: every sample is judged by a discriminant that never saw it. The fold's moments are merged
 * from the other folds', so k folds cost k solves and one pass over the samples.
 *
 * Influences are those of the real samples in their order, then of the generated ones in theirs. Two models that answered the
 * same prompts are judged in the same folds beside the same real samples, so their influences can be set against each other
 * one by one (estimate.ts's pairedDifference).
 * @throws MetricError DIMENSION, TOO_FEW (2 samples a fold on each side), OPTION
 */
export async function separability(
  real: FeatureSet,
  fake: FeatureSet,
  { seed, folds = 5, ridge = 1e-3, kernel }: SeparabilityOptions,
): Promise<Estimate> {
  if (!Number.isInteger(folds) || folds < 2) {
    throw new MetricError("OPTION", `The number of folds is an integer from 2 on, not ${folds}.`);
  }
  requireComparable(real, fake, 2 * folds, `A classifier test in ${folds} folds`);
  const random = seededRandom(seed);
  const sides = [real, fake].map((set) => {
    const order = sampleWithoutReplacement(set.n, set.n, random);
    const edges = Array.from({ length: folds + 1 }, (_, f) => Math.floor((f * set.n) / folds));
    const parts = edges.slice(1).map((end, f) => pickRows(set, order.subarray(edges[f], end)));
    return { parts, moments: parts.map(momentsOfSet), correct: new Float64Array(set.n), order, edges };
  });
  for (let fold = 0; fold < folds; fold++) {
    const [trainReal, trainFake] = sides.map(({ moments }) => mergeAllBut(moments, fold));
    const { direction, threshold } = await discriminant(trainReal, trainFake, ridge, kernel);
    sides.forEach(({ parts, correct, order, edges }, side) => {
      const { data, n, dimension } = parts[fold];
      for (let i = 0; i < n; i++) {
        let score = -threshold;
        for (let j = 0; j < dimension; j++) score += direction[j] * data[i * dimension + j];
        // The discriminant points from real to generated.
        if (side === 0 ? score < 0 : score > 0) correct[order[edges[fold] + i]] = 1;
      }
    });
  }
  const total = real.n + fake.n;
  const rates = sides.map(({ correct }) => correct.reduce((sum, x) => sum + x, 0) / correct.length);
  const influence = new Float64Array(total);
  sides.forEach(({ correct }, side) => {
    const n = correct.length;
    const start = side === 0 ? 0 : real.n;
    correct.forEach((value, i) => (influence[start + i] = ((value - rates[side]) * total) / (2 * n)));
  });
  return estimateOf((rates[0] + rates[1]) / 2, influence, { unit: "both", range: [0, 1] });
}

function momentsOfSet({ data, dimension }: FeatureSet): Moments {
  const accumulator = new MomentsAccumulator(dimension);
  accumulator.add(data);
  return accumulator.finish();
}

function mergeAllBut(moments: Moments[], left: number): Moments {
  const accumulator = new MomentsAccumulator(moments[0].dimension);
  moments.forEach((part, i) => i !== left && accumulator.merge(part));
  return accumulator.finish();
}

/** Fisher's discriminant with a ridge; the threshold lies midway between the projected means. */
async function discriminant(
  a: Moments,
  b: Moments,
  ridge: number,
  kernel?: GramKernel,
): Promise<{ direction: Float64Array; threshold: number }> {
  const d = a.dimension;
  const pooled = a.comoment.map((value, i) => (value + b.comoment[i]) / (a.count + b.count - 2));
  let trace = 0;
  for (let i = 0; i < d; i++) trace += pooled[i * d + i];
  // Two constant sets have no variance at all: any positive ridge then gives the difference of the means.
  const shift = trace > 0 ? (ridge * trace) / d : 1;
  for (let i = 0; i < d; i++) pooled[i * d + i] += shift;
  const gap = a.mean.map((value, j) => b.mean[j] - value);
  const direction = choleskySolve(await choleskyFactor(pooled, d, kernel), gap);
  let threshold = 0;
  for (let j = 0; j < d; j++) threshold += (direction[j] * (a.mean[j] + b.mean[j])) / 2;
  return { direction, threshold };
}
