import type { MeasuredSet } from "@/lib/evaluations/measure-images";
import { imageId } from "@/lib/evaluations/measure-images";
import { canPair, pairedDifference, type Estimate } from "@/lib/metrics/estimate";
import { pickRows, type FeatureSet } from "@/lib/metrics/features";
import type { PreparedReference } from "@/lib/metrics/frechet-distance";
import { MetricError } from "@/lib/metrics/metric-error";
import type { MetricOutput } from "@/lib/metrics/metric-input";
import { protocolKey, type Protocol } from "@/lib/metrics/protocol";
import { METRICS, type ComputedMetric } from "@/lib/metrics/registry";
import type { GramKernel } from "@/lib/numerics/gram";
import type { MissingValue, ReportCaveat } from "@/lib/schemas/reasons/evaluation-notes";
import type { DifferenceFacts, MetricFacts } from "@/lib/schemas/evaluation-report";
import { describeValue } from "@/lib/schemas/metrics/describe-metric";

/** Real samples to measure against: features, or their statistics alone. */
export interface EvalReference {
  prepared: PreparedReference;
  features: FeatureSet | null;
  manifest: string;
}

export interface FeatureMetricsInput {
  images: MeasuredSet;
  baseline: MeasuredSet | null;
  /** Null: none was given, and every metric says so. */
  reference: EvalReference | null;
  encoder: { id: string; preprocessing: string; distanceLabel: string };
  seed: number;
  kernel?: GramKernel;
  onProgress?: (label: string, share: number) => void;
}

type Result = { output: MetricOutput } | { missing: MissingValue };

/** The numbers of a metric that a report has, by their keys, for the metrics that could not be computed. */
const KEYS: Record<string, string[]> = {
  pr: ["precision", "recall"],
  prdc: ["precision", "recall", "density", "coverage"],
};

/** "fd", and where a metric has several numbers "pr.precision". */
const nameOf = (metric: string, key: string) => (metric in KEYS ? `${metric}.${key}` : metric);

/**
 * Every metric that features are enough for, against the reference; with a baseline also the difference over the images that both
 * have, paired by prompt. One that cannot be computed says why and stops no other.
 * @throws MetricError DIMENSION, NOT_PSD, NOT_FINITE
 */
export async function featureMetrics(input: FeatureMetricsInput): Promise<MetricFacts[]> {
  const { images, baseline, encoder } = input;
  const common = baseline === null ? null : commonFeatures(images, baseline);
  const metrics: MetricFacts[] = [];
  for (const metric of Object.values(METRICS)) {
    // CMMD's constants are made for CLIP, JEDi's for V-JEPA; the score of a classifier is asked of classifiers only.
    if (metric.name === "mmd" || metric.name === "jedi" || (metric.name === "is" && images.logits === null))
      continue;
    const own = await compute(metric, images.features, images.logits, input);
    const sides = common && {
      first: common.isWhole ? own : await compute(metric, common.first, null, input),
      second: await compute(metric, common.second, null, input),
    };
    for (const key of keysOf(metric, own)) {
      const estimate = "output" in own ? own.output.estimates[key] : null;
      const { label, meaning, better, unit } = describeValue(metric.name, key, encoder.distanceLabel);
      metrics.push({
        name: nameOf(metric.name, key),
        label,
        meaning,
        better,
        unit: unit === "share" ? unit : null,
        group: "reference",
        value: estimate?.value ?? null,
        ...intervalOf(estimate),
        n: images.features.n,
        prompts: null,
        protocol: input.reference && protocolOf(metric, input.reference, input),
        caveats: caveatsOf(own, estimate, input),
        missingFor: "missing" in own ? own.missing : null,
        difference: sides && differenceOf(sides.first, sides.second, key, common.first.n),
      });
    }
  }
  return metrics;
}

function keysOf({ name }: ComputedMetric, result: Result): string[] {
  if ("output" in result) return Object.keys(result.output.estimates);
  return KEYS[name] ?? Object.keys(METRICS[name].values ?? { value: null }).slice(0, 1);
}

async function compute(
  metric: ComputedMetric,
  fake: FeatureSet,
  fakeLogits: FeatureSet | null,
  { reference, seed, kernel, onProgress }: FeatureMetricsInput,
): Promise<Result> {
  if (reference === null) return { missing: { code: "no_reference" } };
  if (metric.needs === "features" && reference.features === null)
    return { missing: { code: "statistics_only" } };
  if (metric.needs === "logits" && fakeLogits === null) return { missing: { code: "not_compared" } };
  try {
    const output = await metric.compute({
      reference: reference.prepared,
      real: reference.features,
      fake,
      fakeLogits,
      seed,
      kernel,
      onProgress: (share) => onProgress?.(metric.label, share),
    });
    return { output };
  } catch (error) {
    if (!(error instanceof MetricError) || !["TOO_FEW", "OPTION"].includes(error.reason)) throw error;
    return { missing: { code: "refused", said: error.message } };
  }
}

function protocolOf(
  { protocol }: ComputedMetric,
  reference: EvalReference,
  { images, encoder }: FeatureMetricsInput,
): MetricFacts["protocol"] {
  const whole: Protocol = {
    metric: protocol,
    encoder: encoder.id,
    preprocessing: encoder.preprocessing,
    samples: images.features.n,
    reference: reference.manifest,
  };
  return { key: protocolKey(whole), ...whole };
}

/** An interval without width, of samples that are all alike, would claim certainty: there is none then. */
function intervalOf(estimate: Estimate | null): { low: number | null; high: number | null } {
  if (estimate === null || !(estimate.low < estimate.high)) return { low: null, high: null };
  return { low: estimate.low, high: estimate.high };
}

function caveatsOf(
  result: Result,
  estimate: Estimate | null,
  { images: { images } }: FeatureMetricsInput,
): ReportCaveat[] {
  if ("missing" in result || estimate === null) return [];
  const { caveat } = result.output;
  return [
    ...(caveat ? [caveat] : []),
    ...(intervalOf(estimate).low === null ? [{ code: "all_alike" as const }] : []),
    ...(images.some(({ index }) => index > 0) ? [{ code: "prompts_repeat" as const }] : []),
  ];
}

/** The images that both sets have, in the same order. */
function commonFeatures(images: MeasuredSet, baseline: MeasuredSet) {
  const theirs = new Map(baseline.images.map((image, row) => [imageId(image), row]));
  const pairs = images.images.flatMap((image, row) => {
    const other = theirs.get(imageId(image));
    return other === undefined ? [] : [[row, other]];
  });
  const isWhole = pairs.length === images.images.length;
  const [mine, others] = [0, 1].map((side) => pairs.map((pair) => pair[side]));
  return {
    isWhole,
    first: isWhole ? images.features : pickRows(images.features, mine),
    second: pickRows(baseline.features, others),
  };
}

function differenceOf(first: Result, second: Result, key: string, n: number): DifferenceFacts {
  const nothing = { value: null, low: null, high: null, n, baseline: null, paired: false };
  if (n === 0) return { ...nothing, missingFor: { code: "nothing_in_common" } };
  for (const side of [first, second]) if ("missing" in side) return { ...nothing, missingFor: side.missing };
  const [a, b] = [first, second].map(
    (side): Estimate => ("output" in side ? side.output : never()).estimates[key],
  );
  const paired = canPair(a, b, true);
  const { difference, low, high } = pairedDifference(a, b, { paired });
  return {
    value: difference,
    ...(low < high ? { low, high } : { low: null, high: null }),
    n,
    baseline: b.value,
    paired,
    missingFor: null,
  };
}

function never(): never {
  throw new TypeError("Both sides were checked above.");
}
