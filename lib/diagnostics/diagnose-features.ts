import { inTransaction, type Db } from "@/lib/db/client";
import type { StoredMetrics, StoredImages } from "@/lib/diagnostics/diagnostics";
import { hashOf } from "@/lib/runs/hash-of";
import { lockRun } from "@/lib/runs/lock-run";
import type { ScoringEncoder } from "@/lib/references/reference-reader";
import {
  distanceReference,
  referenceFeatures,
  runFeatures,
  sampleReference,
} from "@/lib/scoring/scoring-features";
import { examineSamplesInThread } from "@/lib/encoders/compute-thread";
import { featuresId } from "@/lib/encoders/features-id";
import type { SampleExamination } from "@/lib/metrics/examine-samples";
import { featureSet } from "@/lib/metrics/features";
import { METRIC_CODE_VERSION, protocolKey, type Protocol } from "@/lib/metrics/protocol";
import { METRICS } from "@/lib/metrics/registry";

/** Raise it when the examination itself changes: runs are then examined anew. */
const VERSION = "3";
/** Of subsets and folds; the command line's default too, so that both give the same numbers. */
export const SEED = 0;
/** Samples kept of each kind: more than are shown (read-examination.ts), which leaves out prompts that are in the arena. */
const KEPT = 24;

/**
 * What a published run's samples look like in one encoder's features beside its reference images: further metrics, the
 * sample-size curve, neighbours and realism. Kept whole or not at all; the same inputs are not examined twice, and an encoder
 * without reference images is not examined. The arithmetic runs in a thread of its own.
 */
export async function examineFeatures(
  runId: string,
  encoder: ScoringEncoder,
  db: Db,
  signal: AbortSignal,
): Promise<void> {
  const distance = await distanceReference(encoder, db);
  const reference = await sampleReference(encoder, db);
  const { samples, features } = await runFeatures(runId, encoder, db);
  if (!distance || !reference?.manifestSha256 || samples.length === 0) return;
  const key = { runId, encoderId: featuresId(encoder) };
  const inputsHash = hashOf([
    VERSION,
    METRIC_CODE_VERSION,
    encoder.distanceLabel,
    distance.manifest,
    reference.id,
    ...samples.map(({ id }) => id),
  ]);
  const known = await db.encoderExamination.findUnique({
    where: { runId_encoderId: key },
    select: { inputsHash: true },
  });
  if (known?.inputsHash === inputsHash) return;

  const { dimension } = encoder;
  const real = featureSet(await referenceFeatures(reference.id, encoder, db), dimension);
  const fake = featureSet(features, dimension);
  const result = await examineSamplesInThread(
    { distanceReference: distance.gaussian, real, fake, seed: SEED },
    signal,
  );
  const metrics = withProtocols(result.metrics, encoder, {
    n: fake.n,
    nReference: real.n,
    nDistance: distance.gaussian.count ?? null,
    distance: distance.manifest,
    samples: reference.manifestSha256,
  });
  await inTransaction(async (tx) => {
    // A run that was taken up again meanwhile has other samples.
    if ((await lockRun(runId, tx)).state !== "PUBLISHED") return;
    await tx.encoderExamination.deleteMany({ where: key });
    await tx.encoderExamination.create({
      data: {
        ...key,
        distanceLabel: encoder.distanceLabel,
        inputsHash,
        referenceId: reference.id,
        metrics,
        curve: result.curve ?? undefined,
        images: imagesOf(result, samples),
        influences: { ...result.influences },
      },
    });
  }, db);
}

/** What metrics were computed against. */
export interface ComparedWith {
  n: number;
  /** Reference images. */
  nReference: number;
  /** Samples behind the distance's statistics; null: not known. */
  nDistance: number | null;
  /** Manifests of the statistics and of the images. */
  distance: string;
  samples: string;
  /** Hash of the prompts that the samples are limited to. */
  prompts?: string;
}

/** Each metric with everything it may only be compared under. */
export function withProtocols(
  metrics: SampleExamination["metrics"],
  encoder: ScoringEncoder,
  against: ComparedWith,
): StoredMetrics {
  return metrics.map((metric) => {
    const { label: title, better, needs, protocol: name } = METRICS[metric.name];
    const byStatistics = needs === "statistics";
    const protocol: Protocol & { codeVersion: string } = {
      metric: name,
      encoder: encoder.id,
      preprocessing: encoder.preprocessing,
      samples: against.n,
      reference: byStatistics ? against.distance : against.samples,
      ...(against.prompts !== undefined && { prompts: against.prompts }),
      codeVersion: METRIC_CODE_VERSION,
    };
    return {
      ...metric,
      title,
      better,
      n: against.n,
      nReference: byStatistics ? against.nDistance : against.nReference,
      protocol,
      protocolHash: protocolKey(protocol),
    };
  });
}

/** Of images that a run has several times, one is shown. */
function imagesOf(
  { realism, neighbours, closest }: SampleExamination,
  samples: { id: string; artifactHash: string }[],
): StoredImages {
  const distinct = (order: { sample: number; score: number | null }[], most: number) => {
    const seen = new Set<string>();
    const first = order.filter(({ sample }) => {
      const { artifactHash } = samples[sample];
      return !seen.has(artifactHash) && seen.add(artifactHash);
    });
    return first.slice(0, most).map(({ sample, score }) => ({
      sampleId: samples[sample].id,
      score,
      neighbours: (neighbours[sample] ?? []).map(({ real, distance }) => ({ index: real, distance })),
    }));
  };
  // A copy of a real image (null) is as realistic as can be.
  const order = realism
    .map((score, sample) => ({ score, sample }))
    .sort((a, b) => (b.score ?? Infinity) - (a.score ?? Infinity));
  const half = Math.min(KEPT, Math.floor(new Set(samples.map(({ artifactHash }) => artifactHash)).size / 2));
  return {
    most: distinct(order, half),
    least: distinct([...order].reverse(), half),
    closest: distinct(
      closest.map(({ generated, ratio }) => ({
        sample: generated,
        score: Number.isFinite(ratio) ? ratio : null,
      })),
      KEPT,
    ),
  };
}
