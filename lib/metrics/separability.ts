import type { Estimate } from "@/lib/metrics/estimate";
import type { GramKernel, KernelOptions } from "@/lib/numerics/gram";
import type { FeatureSet } from "@/lib/metrics/features";
import { pickRows, requireComparable } from "@/lib/metrics/features";
import { choleskyFactor } from "@/lib/numerics/linear-algebra/cholesky";
import { choleskySolve } from "@/lib/numerics/linear-algebra/solve";
import { MetricError } from "@/lib/metrics/metric-error";
import type { Moments } from "@/lib/metrics/moments";
import { MomentsAccumulator } from "@/lib/metrics/moments";
import { sampleWithoutReplacement } from "@/lib/metrics/resampling";
import { estimateOfSplits, splitParts } from "@/lib/metrics/split-variance";
import { seededRandom, type Random } from "@/lib/numerics/random";
import { withFeatures, type Compute } from "@/lib/metrics/metric-input";

export interface SeparabilityOptions extends KernelOptions {
  /** Decides which samples fall into which fold. */
  seed: number;
  /** 5 by default. */
  folds?: number;
  /** Ridge added to the pooled covariance, as a share of its mean variance. */
  ridge?: number;
}

/** Random halvings behind the interval. */
const SPLITS = 20;

/**
 * Classifier two-sample test (Lopez-Paz & Oquab 2017) with a linear classifier: the share of held-out samples
 * whose side, real or generated, Fisher's discriminant tells; one exactly on the threshold is half told. 0.5 is
 * indistinguishable, 1 separable. Each side weighs one half however many samples it has.
 *
 * Cross-validated: every sample is judged by a discriminant that never saw it. The fold's moments are merged
 * from the other folds', so k folds cost k solves and one pass over the samples. The interval speaks about
 * drawing both sets again, what the discriminants learnt included: it is taken from random halves of the sets,
 * each judged as the whole is (split-variance.ts), at 40 times half the cost.
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
  const value = await accuracy(real, fake, { folds, ridge, random, kernel });
  const half = Math.floor(Math.min(real.n, fake.n) / 2);
  // Two samples a fold on each side, or there are no halves to judge.
  const halfFolds = Math.min(folds, Math.floor(half / 2));
  const plan = { splits: halfFolds < 2 ? 0 : SPLITS, parts: 2 };
  const [ofReal, ofFake] = [splitParts(real.n, plan), splitParts(fake.n, plan)];
  const values: Float64Array[] = [];
  for (let s = 0; s < plan.splits; s++) {
    const halves = new Float64Array(2);
    for (const part of [0, 1]) {
      const options = { folds: halfFolds, ridge, random, kernel };
      halves[part] = await accuracy(partOf(real, ofReal[s], part), partOf(fake, ofFake[s], part), options);
    }
    values.push(halves);
  }
  return estimateOfSplits(value, values, { range: [0, 1] });
}

const partOf = (set: FeatureSet, parts: Uint8Array, part: number) =>
  pickRows(
    set,
    Array.from(parts.keys()).filter((i) => parts[i] === part),
  );

/** Mean over both sides of the share of samples told by discriminants of the other folds. */
async function accuracy(
  real: FeatureSet,
  fake: FeatureSet,
  { folds, ridge, random, kernel }: KernelOptions & { folds: number; ridge: number; random: Random },
): Promise<number> {
  const sides = [real, fake].map((set) => {
    const order = sampleWithoutReplacement(set.n, set.n, random);
    const edges = Array.from({ length: folds + 1 }, (_, f) => Math.floor((f * set.n) / folds));
    const parts = edges.slice(1).map((end, f) => pickRows(set, order.subarray(edges[f], end)));
    return { parts, moments: parts.map(momentsOfSet), n: set.n, told: 0 };
  });
  for (let fold = 0; fold < folds; fold++) {
    const [trainReal, trainFake] = sides.map(({ moments }) => mergeAllBut(moments, fold));
    const { direction, threshold } = await discriminant(trainReal, trainFake, ridge, kernel);
    sides.forEach((own, side) => {
      const { data, n, dimension } = own.parts[fold];
      for (let i = 0; i < n; i++) {
        let score = -threshold;
        for (let j = 0; j < dimension; j++) score += direction[j] * data[i * dimension + j];
        // The discriminant points from real to generated.
        const towards = side === 0 ? -score : score;
        own.told += towards > 0 ? 1 : towards === 0 ? 0.5 : 0;
      }
    });
  }
  return sides.reduce((sum, { told, n }) => sum + told / n, 0) / sides.length;
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

/** "c2st": in 5 folds, or fewer of 2 samples a side each. */
export const computeSeparability: Compute = async (input) => {
  const { real, fake, seed, kernel } = withFeatures(input);
  const accuracy = await separability(real, fake, {
    seed,
    kernel,
    // Never fewer than two, so that a set too small for them is told of its size.
    folds: Math.max(2, Math.min(5, Math.floor(Math.min(real.n, fake.n) / 2))),
  });
  return {
    numbers: { accuracy: accuracy.value, low: accuracy.low, high: accuracy.high },
    estimates: { accuracy },
    caveat: null,
  };
};
