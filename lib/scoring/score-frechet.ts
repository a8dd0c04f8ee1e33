import type { Db } from "@/lib/db/client";
import type { ScoringEncoder } from "@/lib/references/reference-reader";
import type { PromptSubset, RunScore } from "@/lib/scoring/score-run";
import { distanceReference, runFeatures } from "@/lib/scoring/scoring-features";
import { bootstrapFrechetInThread, frechetJackknifeInThread } from "@/lib/encoders/compute-thread";
import { featureSet } from "@/lib/metrics/features";
import type { Gaussian } from "@/lib/metrics/frechet-distance";
import { sizeBiasCaveat } from "@/lib/metrics/frechet-distance";
import { METRIC_CODE_VERSION } from "@/lib/metrics/protocol";
import { distanceName, frechetDistance } from "@/lib/schemas/metrics/frechet-distance";

const BOOTSTRAP = { seed: 1, resamples: 200, level: 0.95 };
/** Up to so many features 200 distances are a matter of seconds; beyond, the jackknife needs 21. */
const BOOTSTRAPPED = 256;
/** The fewest samples that have an interval, by either way. */
const fewest = (dimension: number) => (dimension <= BOOTSTRAPPED ? 2 : 4);

/**
 * Fréchet distance of a run's samples to the reference set of the encoder, with an interval, computed off the event loop.
 * Nothing where there is no reference under these weights, or too few samples for an interval.
 * @param prompts count the samples of these only
 */
export async function scoreFrechet(
  runId: string,
  encoder: ScoringEncoder,
  prompts: PromptSubset | null,
  db: Db,
  signal: AbortSignal,
): Promise<RunScore[]> {
  const reference = await distanceReference(encoder, db);
  if (reference === null) return [];
  const { features } = await runFeatures(runId, encoder, db, prompts?.ids);
  const { dimension } = encoder;
  const n = features.length / dimension;
  if (n < fewest(dimension)) return [];
  const { value, low, high } = await distance(features, dimension, reference.gaussian, signal);
  return [
    {
      metric: distanceName(encoder.distanceLabel),
      protocol: {
        metric: frechetDistance.protocol,
        encoder: encoder.id,
        preprocessing: encoder.preprocessing,
        samples: n,
        reference: reference.manifest,
        ...(prompts && { prompts: prompts.hash }),
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

function distance(features: Float32Array, dimension: number, reference: Gaussian, signal: AbortSignal) {
  return dimension <= BOOTSTRAPPED
    ? bootstrapFrechetInThread(features, dimension, reference, BOOTSTRAP, signal)
    : frechetJackknifeInThread(featureSet(features, dimension), reference, {}, signal);
}
