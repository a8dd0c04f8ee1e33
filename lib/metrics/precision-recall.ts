import type { Estimate } from "@/lib/metrics/estimate";
import { estimateOfMean } from "@/lib/metrics/estimate";
import type { FeatureSet } from "@/lib/metrics/features";
import { requireComparable } from "@/lib/metrics/features";
import type { GramOptions } from "@/lib/metrics/gram";
import { forEachGramTile, squaredNorms } from "@/lib/metrics/gram";
import type { Neighbours } from "@/lib/metrics/neighbours";
import { nearestNeighbours, squaredDistance, squaredRadii } from "@/lib/metrics/neighbours";

/** How a ball around a sample is drawn: up to its k-th neighbour, with or without its surface. */
export interface BallConvention {
  k: number;
  /** Whether a sample exactly on the surface counts as inside. */
  inclusive: boolean;
}

/** Improved precision and recall of Kynkäänniemi et al. 2019, as in their code: k = 3, distance <= radius. */
export const KYNKAANNIEMI: BallConvention = { k: 3, inclusive: true };
/** Naeem et al. 2020 (the `prdc` package): k = 5, distance < radius. */
export const PRDC: BallConvention = { k: 5, inclusive: false };

/**
 * Fidelity and diversity by nearest-neighbour balls. Precision and density average over the generated
 * samples, recall and coverage over the real ones; each interval speaks about drawing that unit again.
 */
export interface PrecisionRecall {
  convention: BallConvention;
  /** Share of generated samples inside some real sample's ball. */
  precision: Estimate;
  /** Share of real samples inside some generated sample's ball. */
  recall: Estimate;
  /** Real balls that a generated sample lies in, over k; may exceed 1. */
  density: Estimate;
  /** Share of real samples whose ball holds a generated sample. */
  coverage: Estimate;
}

/**
 * Precision, recall, density and coverage under each convention, with three tiled passes over the pairs however
 * many conventions are asked for: 50,000 x 2048 stays under 2 GB.
 *
 * Decided on squared distances in float64 without subtracting a mean first, so ties of exact inputs stay ties.
 * @throws MetricError DIMENSION, TOO_FEW (a set must have more than k samples)
 */
export async function precisionRecall(
  real: FeatureSet,
  fake: FeatureSet,
  conventions: BallConvention[] = [KYNKAANNIEMI, PRDC],
  { onProgress, ...options }: GramOptions = {},
): Promise<PrecisionRecall[]> {
  const k = Math.max(...conventions.map((convention) => convention.k));
  requireComparable(real, fake, k + 1, "Precision and recall");
  // The passes cost m^2/2, n^2/2 and m n products.
  const [m, n] = [real.n, fake.n];
  const total = (m + n) ** 2 / 2;
  const passProgress = (before: number, cost: number) => (share: number) =>
    onProgress?.((before + share * cost) / total);
  const aroundReal = await nearestNeighbours(real, real, k, {
    ...options,
    onProgress: passProgress(0, m ** 2 / 2),
  });
  const aroundFake = await nearestNeighbours(fake, fake, k, {
    ...options,
    onProgress: passProgress(m ** 2 / 2, n ** 2 / 2),
  });
  return ballCounts(real, fake, conventions, aroundReal, aroundFake, {
    ...options,
    onProgress: passProgress((m ** 2 + n ** 2) / 2, m * n),
  });
}

/** The pass over real-generated pairs, given the neighbours within each set (at least k of every convention). */
export async function ballCounts(
  real: FeatureSet,
  fake: FeatureSet,
  conventions: BallConvention[],
  aroundReal: Neighbours,
  aroundFake: Neighbours,
  options: GramOptions,
): Promise<PrecisionRecall[]> {
  const counts = conventions.map(({ k, inclusive }) => ({
    inclusive,
    realRadii: squaredRadii(aroundReal, k),
    fakeRadii: squaredRadii(aroundFake, k),
    inRealBalls: new Float64Array(fake.n),
    recalled: new Float64Array(real.n),
    covered: new Float64Array(real.n),
  }));
  const realNorms = squaredNorms(real);
  const fakeNorms = squaredNorms(fake);
  await forEachGramTile(real, fake, options, ({ row, column, rows, columns, gram }) => {
    for (const { inclusive, realRadii, fakeRadii, inRealBalls, recalled, covered } of counts) {
      for (let i = 0; i < rows; i++) {
        const r = row + i;
        for (let j = 0; j < columns; j++) {
          const f = column + j;
          const distance = squaredDistance(realNorms[r], fakeNorms[f], gram[i * columns + j]);
          if (inclusive ? distance <= realRadii[r] : distance < realRadii[r]) {
            inRealBalls[f]++;
            covered[r] = 1;
          }
          if (inclusive ? distance <= fakeRadii[f] : distance < fakeRadii[f]) recalled[r] = 1;
        }
      }
    }
  });
  return conventions.map((convention, c) => {
    const { inRealBalls, recalled, covered } = counts[c];
    return {
      convention,
      precision: estimateOfMean(
        inRealBalls.map((count) => (count > 0 ? 1 : 0)),
        { range: [0, 1] },
      ),
      recall: estimateOfMean(recalled, { unit: "real", range: [0, 1] }),
      density: estimateOfMean(
        inRealBalls.map((count) => count / convention.k),
        { range: [0, Infinity] },
      ),
      coverage: estimateOfMean(covered, { unit: "real", range: [0, 1] }),
    };
  });
}
