import type { Estimate } from "@/lib/metrics/estimate";
import { estimateOfMean } from "@/lib/metrics/estimate";
import type { FeatureSet } from "@/lib/metrics/features";
import { requireComparable } from "@/lib/metrics/features";
import type { GramOptions } from "@/lib/metrics/gram";
import { forEachGramTile, originOf, squaredNorms } from "@/lib/metrics/gram";
import type { Neighbours } from "@/lib/metrics/neighbours";
import { nearestNeighbours, squaredDistance, squaredRadii } from "@/lib/metrics/neighbours";
import { estimateOfSplits, splitParts, type SplitPlan } from "@/lib/metrics/split-variance";
import { fromEstimates, withFeatures, type Compute, type MetricInput } from "@/lib/metrics/metric-input";

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
 * Fidelity and diversity by nearest-neighbour balls. Precision and density average over the generated samples; their intervals
 * speak about drawing those again beside the same real ones. Recall and coverage average over the real samples and depend on all
 * generated ones; their intervals speak about drawing both again.
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
 * Random halvings behind the intervals of recall and coverage. Quarters would give a steadier variance, but of smaller sets, which
 * overstates that of the whole ones by up to 15% (halves: 8%; simulated at 1,000/200 and 500/500).
 */
const SPLITS = 40;
const PARTS = 2;
/** Neighbours kept for each that a ball needs in its half: of six times as many, k are in the same half but once in 30,000. */
const KEPT_PER_NEIGHBOUR = 6;

/**
 * Precision, recall, density and coverage under each convention, with three tiled passes over the pairs however
 * many conventions are asked for: 50,000 x 2048 stays under 2 GB.
 *
 * Decided on squared distances in float64 from one of the real samples, so ties of exact inputs stay ties.
 * @throws MetricError DIMENSION, TOO_FEW (a set must have more than k samples)
 */
export async function precisionRecall(
  real: FeatureSet,
  fake: FeatureSet,
  conventions: BallConvention[] = [KYNKAANNIEMI, PRDC],
  { onProgress, ...rest }: GramOptions = {},
): Promise<PrecisionRecall[]> {
  const options = { ...rest, origin: originOf(real) };
  const k = Math.max(...conventions.map((convention) => convention.k));
  requireComparable(real, fake, k + 1, "Precision and recall");
  // The passes cost m^2/2, n^2/2 and m n products.
  const [m, n] = [real.n, fake.n];
  const total = (m + n) ** 2 / 2;
  const passProgress = (before: number, cost: number) => (share: number) =>
    onProgress?.((before + share * cost) / total);
  const kept = (set: FeatureSet) => Math.min(k * KEPT_PER_NEIGHBOUR, set.n - 1);
  const aroundReal = await nearestNeighbours(real, real, kept(real), {
    ...options,
    onProgress: passProgress(0, m ** 2 / 2),
  });
  const aroundFake = await nearestNeighbours(fake, fake, kept(fake), {
    ...options,
    onProgress: passProgress(m ** 2 / 2, n ** 2 / 2),
  });
  return ballCounts(real, fake, conventions, aroundReal, aroundFake, {
    ...options,
    onProgress: passProgress((m ** 2 + n ** 2) / 2, m * n),
  });
}

/** The pass over real-generated pairs, given the neighbours within each set. */
async function ballCounts(
  real: FeatureSet,
  fake: FeatureSet,
  conventions: BallConvention[],
  aroundReal: Neighbours,
  aroundFake: Neighbours,
  options: GramOptions,
): Promise<PrecisionRecall[]> {
  const counts = conventions.map((convention) => {
    const plan = planOf(convention, real.n, fake.n);
    return {
      inclusive: convention.inclusive,
      realRadii: squaredRadii(aroundReal, convention.k),
      fakeRadii: squaredRadii(aroundFake, convention.k),
      inRealBalls: new Float64Array(fake.n),
      recalled: new Uint8Array(real.n),
      covered: new Uint8Array(real.n),
      plan,
      inReal: splitBalls(aroundReal, convention.k, plan),
      inFake: splitBalls(aroundFake, convention.k, plan),
      splitRecalled: new Uint8Array(real.n * plan.splits),
      splitCovered: new Uint8Array(real.n * plan.splits),
    };
  });
  const realNorms = squaredNorms(real, options.origin);
  const fakeNorms = squaredNorms(fake, options.origin);
  await forEachGramTile(real, fake, options, ({ row, column, rows, columns, gram }) => {
    for (const count of counts) {
      const { inclusive, realRadii, fakeRadii, inRealBalls, recalled, covered, inReal, inFake } = count;
      const { splits } = count.plan;
      for (let i = 0; i < rows; i++) {
        const r = row + i;
        for (let j = 0; j < columns; j++) {
          const f = column + j;
          const distance = squaredDistance(realNorms[r], fakeNorms[f], gram[i * columns + j]);
          // Balls of parts are larger than those of the whole sets: most pairs end here.
          if (distance > inReal.reach[r] && distance > inFake.reach[f]) continue;
          const inside = (radius: number) => (inclusive ? distance <= radius : distance < radius);
          if (inside(realRadii[r])) {
            inRealBalls[f]++;
            covered[r] = 1;
          }
          if (inside(fakeRadii[f])) recalled[r] = 1;
          for (let s = 0; s < splits; s++) {
            const [a, b] = [r * splits + s, f * splits + s];
            if (inReal.part[a] !== inFake.part[b]) continue;
            if (inside(inReal.radius[a])) count.splitCovered[a] = 1;
            if (inside(inFake.radius[b])) count.splitRecalled[a] = 1;
          }
        }
      }
    }
  });
  return conventions.map((convention, c) => {
    const { inRealBalls, recalled, covered, plan, inReal, splitRecalled, splitCovered } = counts[c];
    const share = (whole: Uint8Array, split: Uint8Array) => {
      const value = whole.reduce((sum, x) => sum + x, 0) / real.n;
      return estimateOfSplits(value, partShares(split, inReal.part, plan), { range: [0, 1] });
    };
    return {
      convention,
      precision: estimateOfMean(
        inRealBalls.map((count) => (count > 0 ? 1 : 0)),
        { range: [0, 1] },
      ),
      recall: share(recalled, splitRecalled),
      density: estimateOfMean(
        inRealBalls.map((count) => count / convention.k),
        { range: [0, Infinity] },
      ),
      coverage: share(covered, splitCovered),
    };
  });
}

/** A part must hold more than k samples of either set for balls of its own; below two such halves there is no interval. */
function planOf({ k }: BallConvention, m: number, n: number): SplitPlan {
  return { splits: Math.min(m, n) < PARTS * (k + 1) ? 0 : SPLITS, parts: PARTS };
}

/** Balls around each sample within its part of each split, [n][splits] flat, and the largest of each sample. */
interface SplitBalls {
  part: Uint8Array;
  /** Squared. */
  radius: Float64Array;
  /** Squared, the whole set's ball among them. */
  reach: Float64Array;
}

function splitBalls(
  { squaredDistances, indices, k: kept }: Neighbours,
  k: number,
  plan: SplitPlan,
): SplitBalls {
  const n = squaredDistances.length / kept;
  const { splits } = plan;
  const part = new Uint8Array(n * splits);
  splitParts(n, plan).forEach((parts, s) => parts.forEach((p, i) => (part[i * splits + s] = p)));
  const radius = new Float64Array(n * splits);
  const reach = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    reach[i] = squaredDistances[i * kept + k - 1];
    for (let s = 0; s < splits; s++) {
      let found = 0;
      let at = i * kept;
      // Where the list ends before the k-th neighbour of the part, its last one stands in.
      for (const end = at + kept - 1; at < end; at++) {
        if (part[indices[at] * splits + s] === part[i * splits + s] && ++found === k) break;
      }
      radius[i * splits + s] = squaredDistances[at];
      reach[i] = Math.max(reach[i], squaredDistances[at]);
    }
  }
  return { part, radius, reach };
}

/** Share of hits in each part, [splits][parts]. */
function partShares(hit: Uint8Array, part: Uint8Array, { splits, parts }: SplitPlan): Float64Array[] {
  return Array.from({ length: splits }, (_, s) => {
    const hits = new Float64Array(parts);
    const sizes = new Float64Array(parts);
    for (let at = s; at < part.length; at += splits) {
      sizes[part[at]]++;
      hits[part[at]] += hit[at];
    }
    return hits.map((count, p) => count / sizes[p]);
  });
}

/** Balls of both conventions come from the same three passes; asked for twice, they are counted once. */
const balls = new WeakMap<FeatureSet, { real: FeatureSet; result: Promise<PrecisionRecall[]> }>();
function bothConventions(input: MetricInput): Promise<PrecisionRecall[]> {
  const { real, fake, kernel, onProgress } = withFeatures(input);
  const known = balls.get(fake);
  if (known?.real === real) return known.result;
  const result = precisionRecall(real, fake, [KYNKAANNIEMI, PRDC], { kernel, onProgress });
  balls.set(fake, { real, result });
  return result;
}

/** "pr": Kynkäänniemi et al.'s convention. */
export const computePrecisionRecall: Compute = async (input) => {
  const [{ precision, recall }] = await bothConventions(input);
  return fromEstimates({ precision, recall });
};

/** "prdc": Naeem et al.'s convention. */
export const computePrdc: Compute = async (input) => {
  const [, { precision, recall, density, coverage }] = await bothConventions(input);
  return fromEstimates({ precision, recall, density, coverage });
};
