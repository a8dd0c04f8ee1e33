import type { Db } from "@/lib/db/client";
import { kernelDistanceInThread } from "@/lib/encoders/compute-thread";
import type { FeatureSet } from "@/lib/metrics/features";
import { featureSet } from "@/lib/metrics/features";
import { METRIC_CODE_VERSION } from "@/lib/metrics/protocol";
import { readClipReference } from "@/lib/references/bundled-statistics";
import type { ScoringEncoder } from "@/lib/references/reference-reader";
import { KVD_PROTOCOL, kvdName } from "@/lib/schemas/metrics/kernel-distance";
import { distanceReference, referenceFeatures, runFeatures } from "@/lib/scoring/scoring-features";
import type { PromptSubset, RunScore } from "@/lib/scoring/score-run";

/**
 * KVD of a run's videos: the kernel distance on the features of FVD, or of FVD-toybox, to the same reference set, with an
 * interval over the videos. Nothing under other encoders, where the real videos' features are not known, or for fewer than 2 videos.
 * @param prompts count the videos of these only
 */
export async function scoreKernel(
  runId: string,
  encoder: ScoringEncoder,
  prompts: PromptSubset | null,
  db: Db,
  signal: AbortSignal,
): Promise<RunScore[]> {
  const metric = kvdName(encoder.distanceLabel);
  const reference = metric === null ? null : await distanceReference(encoder, db);
  if (metric === null || reference === null) return [];
  const real = await realFeatures(reference, encoder, db);
  const { features } = await runFeatures(runId, encoder, db, prompts?.ids);
  const n = features.length / encoder.dimension;
  if (real === null || real.n < 2 || n < 2) return [];
  const fake = featureSet(features, encoder.dimension);
  const { value, low, high } = await kernelDistanceInThread(real, fake, signal);
  return [
    {
      metric,
      protocol: {
        metric: KVD_PROTOCOL,
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
      caveat: null,
    },
  ];
}

/** Of imported statistics there are none. */
async function realFeatures(
  reference: { id: string; manifest: string },
  encoder: ScoringEncoder,
  db: Db,
): Promise<FeatureSet | null> {
  const bundled = await readClipReference(reference.manifest);
  if (bundled) return bundled.features;
  const features = await referenceFeatures(reference.id, encoder, db);
  return features.length === 0 ? null : featureSet(features, encoder.dimension);
}
