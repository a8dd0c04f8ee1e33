import { computeAuthenticity } from "@/lib/metrics/authenticity";
import { computeFrechetInfinity } from "@/lib/metrics/frechet-infinity";
import { computeFrechetDistance } from "@/lib/metrics/frechet-jackknife";
import { computeInceptionScore } from "@/lib/metrics/inception-score";
import { computeGaussianMmd, computeJedi, computeKernelDistance } from "@/lib/metrics/kernel-distance";
import type { Compute } from "@/lib/metrics/metric-input";
import { computePrdc, computePrecisionRecall } from "@/lib/metrics/precision-recall";
import { computeSeparability } from "@/lib/metrics/separability";
import { DEFINITIONS, type FeatureMetric } from "@/lib/schemas/metrics/definitions";
import type { Better, MetricDefinition } from "@/lib/schemas/metrics/metric-definition";

export type MetricName = FeatureMetric["name"];
export type ComputedMetric = MetricDefinition & {
  name: MetricName;
  better: Better;
  protocol: string;
  compute: Compute;
};

/** How each metric that features are enough for is computed. */
const COMPUTE: Record<MetricName, Compute> = {
  fd: computeFrechetDistance,
  fd_infinity: computeFrechetInfinity,
  kid: computeKernelDistance,
  pr: computePrecisionRecall,
  prdc: computePrdc,
  is: computeInceptionScore,
  mmd: computeGaussianMmd,
  jedi: computeJedi,
  c2st: computeSeparability,
  authpct: computeAuthenticity,
};

/** The metrics that features are enough for, by their keys in the JSON output, in the order of their definitions. */
export const METRICS = Object.fromEntries(
  DEFINITIONS.filter((each): each is FeatureMetric => each.name in COMPUTE).map((definition) => [
    definition.name,
    { ...definition, compute: COMPUTE[definition.name] },
  ]),
) as Record<MetricName, ComputedMetric>;

export const METRIC_NAMES = Object.keys(METRICS) as MetricName[];
