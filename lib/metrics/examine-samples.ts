import type { Caveat } from "@/lib/schemas/metrics/caveat";
import { authenticity } from "@/lib/metrics/authenticity";
import type { Estimate, SamplingUnit } from "@/lib/metrics/estimate";
import type { FeatureSet } from "@/lib/metrics/features";
import type { Gaussian, PreparedReference } from "@/lib/metrics/frechet-distance";
import { prepareReference } from "@/lib/metrics/frechet-distance";
import { frechetInfinity } from "@/lib/metrics/frechet-infinity";
import type { GramKernel } from "@/lib/numerics/gram";
import { MetricError } from "@/lib/metrics/metric-error";
import { nearestNeighbours } from "@/lib/metrics/neighbours";
import { realismScores } from "@/lib/metrics/realism";
import { METRICS, type MetricName } from "@/lib/metrics/registry";

/** One number of a metric with its 95% interval. */
export interface ExaminedValue {
  key: string;
  value: number;
  low: number;
  high: number;
  standardError: number;
}

export interface ExaminedMetric {
  name: MetricName;
  values: ExaminedValue[];
  caveat: Caveat | null;
  /** Why there are no values; null when there are. */
  problem: string | null;
}

/** What decides a value's uncertainty, for the paired difference with another set's. */
export type Influence = {
  unit: SamplingUnit;
  values: number[];
};

export interface SampleExamination {
  metrics: ExaminedMetric[];
  /** By "metric.key". */
  influences: Record<string, Influence>;
  /** Fréchet distance against the number of samples, and its extrapolation; null below 20 samples. */
  curve: {
    points: { n: number; distance: number }[];
    infinity: number;
    standardError: number;
    slope: number;
  } | null;
  /** One realism score a generated sample; null where it is a copy of a real one. */
  realism: (number | null)[];
  /** The nearest real samples of each generated one, nearest first, as rows of the real set. */
  neighbours: { real: number; distance: number }[][];
  /** The generated samples nearest to a real one, most suspicious first, with the ratio of the memorisation check. */
  closest: { generated: number; real: number; ratio: number }[];
}

export interface ExaminationInput {
  /** What the Fréchet distance is taken to: it may know more samples than are at hand one by one. */
  distanceReference: Gaussian | PreparedReference;
  /** The real samples at hand. */
  real: FeatureSet;
  fake: FeatureSet;
  seed: number;
  kernel?: GramKernel;
}

const NEIGHBOURS = 3;
/** Six digits are more than an influence means, and a third of the space. */
const rounded = (value: number) => Number(value.toPrecision(6));

/**
 * The metrics of generated samples beside real ones, each with its intervals and influences. A metric that cannot be had (too
 * few samples) says why instead of failing the others.
 * @throws MetricError DIMENSION, NOT_PSD, NOT_FINITE
 */
export async function examineMetrics({
  distanceReference,
  real,
  fake,
  seed,
  kernel,
}: ExaminationInput): Promise<Pick<SampleExamination, "metrics" | "influences">> {
  const reference = await prepareReference(distanceReference, { kernel });
  const metrics: ExaminedMetric[] = [];
  const influences: Record<string, Influence> = {};
  // The Fréchet distance is a run's score already, and here for its influences.
  for (const { name, inDiagnosis, compute } of Object.values(METRICS)) {
    if (!inDiagnosis) continue;
    const result = await orProblem(() => compute({ reference, real, fake, fakeLogits: null, seed, kernel }));
    if ("problem" in result) {
      metrics.push({ name, values: [], caveat: null, problem: result.problem });
      continue;
    }
    const { estimates, caveat } = result.value;
    metrics.push({ name, values: Object.entries(estimates).map(valueOf), caveat, problem: null });
    for (const [key, { influence, unit }] of Object.entries(estimates))
      influences[`${name}.${key}`] = { unit, values: Array.from(influence, rounded) };
  }
  return { metrics, influences };
}

/**
 * All that is asked of a run's samples beside the real ones: {@link examineMetrics}, the sample-size curve, realism and nearest
 * real samples.
 * @throws MetricError DIMENSION, NOT_PSD, NOT_FINITE
 */
export async function examineSamples(input: ExaminationInput): Promise<SampleExamination> {
  const { real, fake, seed, kernel } = input;
  const reference = await prepareReference(input.distanceReference, { kernel });
  const { metrics, influences } = await examineMetrics({ ...input, distanceReference: reference });
  const curve = await orProblem(() => frechetInfinity(fake, reference, { seed, kernel }));
  const realism = await orProblem(() => realismScores(real, fake, { kernel }));
  const near = await orProblem(() => nearestNeighbours(fake, real, Math.min(NEIGHBOURS, real.n), { kernel }));
  const memorised = await orProblem(() => authenticity(real, fake, { kernel }));
  return {
    metrics,
    influences,
    curve:
      "problem" in curve
        ? null
        : {
            points: curve.value.curve,
            infinity: curve.value.value,
            standardError: curve.value.standardError,
            slope: curve.value.slope,
          },
    realism: "problem" in realism ? [] : Array.from(realism.value, finiteOrNull),
    neighbours:
      "problem" in near
        ? []
        : Array.from({ length: fake.n }, (_, i) =>
            Array.from({ length: near.value.k }, (_, j) => ({
              real: near.value.indices[i * near.value.k + j],
              distance: Math.sqrt(near.value.squaredDistances[i * near.value.k + j]),
            })),
          ),
    closest:
      "problem" in memorised
        ? []
        : memorised.value.closest.map(({ generated, real, ratio }) => ({ generated, real, ratio })),
  };
}

/** Shares stay shares: the percentage that AuthPct is published as is the page's to write. */
function valueOf([key, estimate]: [string, Estimate]): ExaminedValue {
  const { value, low, high, standardError } = estimate;
  return { key, value, low, high, standardError };
}

const finiteOrNull = (value: number) => (Number.isFinite(value) ? value : null);

async function orProblem<T>(compute: () => T | Promise<T>): Promise<{ value: T } | { problem: string }> {
  try {
    return { value: await compute() };
  } catch (error) {
    if (!(error instanceof MetricError) || !["TOO_FEW", "OPTION"].includes(error.reason)) throw error;
    return { problem: error.message };
  }
}
