import type { Db } from "@/lib/db/client";
import type { RunScore } from "@/lib/evaluation/compute-metrics";
import { distanceReference, runFeatures } from "@/lib/evaluation/scoring-features";
import { bootstrapFrechetInThread } from "@/lib/feature-extractors/compute-thread";
import type { FeatureExtractor } from "@/lib/feature-extractors/open-extractor";
import { sizeBiasCaveat } from "@/lib/metrics/frechet-distance";
import { METRIC_CODE_VERSION } from "@/lib/metrics/protocol";

const BOOTSTRAP = { seed: 1, resamples: 200, level: 0.95 };

/**
 * Fréchet distance of a run's samples to the reference set of the extractor, with a bootstrap interval computed off the
 * event loop. Nothing where there is no reference under these weights, or only one sample.
 */
export async function scoreFrechet(
  runId: string,
  extractor: FeatureExtractor,
  db: Db,
  signal: AbortSignal,
): Promise<RunScore[]> {
  const reference = await distanceReference(extractor, db);
  if (reference === null) return [];
  const { features } = await runFeatures(runId, extractor, db);
  const { dimension } = extractor;
  const n = features.length / dimension;
  if (n < 2) return [];
  const { value, low, high } = await bootstrapFrechetInThread(
    features,
    dimension,
    reference.gaussian,
    BOOTSTRAP,
    signal,
  );
  return [
    {
      metric: extractor.distanceLabel.toLowerCase(),
      protocol: {
        metric: "fd",
        encoder: extractor.id,
        preprocessing: extractor.preprocessing,
        samples: n,
        reference: reference.manifest,
        codeVersion: METRIC_CODE_VERSION,
      },
      value,
      low,
      high,
      n,
      caveat: sizeBiasCaveat(n, dimension),
    },
  ];
}
