import { createHash } from "node:crypto";
import { inTransaction, type Db } from "@/lib/db/client";
import { embedRun } from "@/lib/evaluation/embed-run";
import type { StoredMetrics, StoredPictures } from "@/lib/evaluation/examination";
import { inspectSamples } from "@/lib/evaluation/inspect-samples";
import { lockRun } from "@/lib/evaluation/lock-run";
import {
  distanceReference,
  referenceFeatures,
  runFeatures,
  sampleReference,
} from "@/lib/evaluation/scoring-features";
import { scoringTools } from "@/lib/evaluation/scoring-tools";
import { examineSamplesInThread } from "@/lib/feature-extractors/compute-thread";
import type { FeatureExtractor } from "@/lib/feature-extractors/open-extractor";
import type { SampleExamination } from "@/lib/metrics/examine-samples";
import { featureSet } from "@/lib/metrics/features";
import { METRIC_CODE_VERSION, protocolKey, type Protocol } from "@/lib/metrics/protocol";
import { METRICS } from "@/lib/metrics/registry";

/** Raise it when the examination itself changes: runs are then examined anew. */
const VERSION = "1";
/** Of subsets and folds; the command line's default too, so that both give the same numbers. */
const SEED = 0;
/** Samples shown of each kind. */
const SHOWN = 8;

type Examined = {
  metrics: StoredMetrics;
  curve: SampleExamination["curve"];
  pictures: StoredPictures;
  influences: SampleExamination["influences"];
};

/**
 * Look at a published run's samples: input forensics, and beside the reference pictures further metrics, the sample-size
 * curve, neighbours and realism. Kept whole or not at all; the same inputs are not examined twice. The arithmetic runs in
 * a thread of its own.
 */
export async function examineRun(runId: string, db: Db, signal: AbortSignal): Promise<void> {
  const run = await db.run.findUnique({ where: { id: runId }, select: { state: true } });
  if (run?.state !== "PUBLISHED") return;
  const tools = await scoringTools();
  const { extractor } = tools;
  await embedRun(runId, tools, db, signal);
  const distance = await distanceReference(extractor, db);
  const reference = await sampleReference(extractor, db);
  const { samples, features } = await runFeatures(runId, extractor, db);
  const inputsHash = hashOf([
    VERSION,
    METRIC_CODE_VERSION,
    extractor.id,
    distance?.manifest ?? "",
    reference?.id ?? "",
    ...samples.map(({ id }) => id),
  ]);
  const known = await db.runExamination.findUnique({ where: { runId }, select: { inputsHash: true } });
  if (known?.inputsHash === inputsHash) return;

  const forensics = await inspectSamples(runId, histogramsOf(reference), db, signal);
  const nothing: Examined = {
    metrics: [],
    curve: null,
    pictures: { most: [], least: [], closest: [] },
    influences: {},
  };
  let found = nothing;
  if (distance && reference?.manifestSha256 && samples.length > 0) {
    const { dimension } = extractor;
    const real = featureSet(await referenceFeatures(reference.id, extractor, db), dimension);
    const fake = featureSet(features, dimension);
    const result = await examineSamplesInThread(
      { distanceReference: distance.gaussian, real, fake, seed: SEED },
      signal,
    );
    found = {
      metrics: withProtocols(result, extractor, {
        n: fake.n,
        nReference: real.n,
        nDistance: distance.gaussian.count ?? null,
        distance: distance.manifest,
        samples: reference.manifestSha256,
      }),
      curve: result.curve,
      pictures: picturesOf(result, samples),
      influences: result.influences,
    };
  }
  await inTransaction(async (tx) => {
    // A run that was taken up again meanwhile has other samples.
    if ((await lockRun(runId, tx)).state !== "PUBLISHED") return;
    const { metrics, curve, pictures, influences } = found;
    const row = {
      inputsHash,
      referenceId: reference?.id ?? null,
      forensics,
      metrics,
      curve: curve ?? undefined,
      pictures,
      influences: { ...influences },
      createdAt: new Date(),
    };
    await tx.runExamination.deleteMany({ where: { runId } });
    await tx.runExamination.create({ data: { runId, ...row } });
  }, db);
}

function hashOf(parts: string[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length}:${part}\n`);
  return hash.digest("hex");
}

function histogramsOf(reference: { formats: unknown; resolutions: unknown } | null) {
  if (!reference?.formats || !reference.resolutions) return null;
  return {
    formats: reference.formats as Record<string, number>,
    resolutions: reference.resolutions as Record<string, number>,
  };
}

/** Each metric with everything it may only be compared under. */
function withProtocols(
  { metrics }: SampleExamination,
  extractor: FeatureExtractor,
  against: { n: number; nReference: number; nDistance: number | null; distance: string; samples: string },
): StoredMetrics {
  return metrics.map((metric) => {
    const { title, better, needs, protocol: name } = METRICS[metric.name];
    const byStatistics = needs === "statistics";
    const protocol: Required<Protocol> = {
      metric: name,
      encoder: extractor.id,
      preprocessing: extractor.preprocessing,
      samples: against.n,
      reference: byStatistics ? against.distance : against.samples,
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

/** Of pictures that a run has several times, one is shown. */
function picturesOf(
  { realism, neighbours, closest }: SampleExamination,
  samples: { id: string; artifactHash: string }[],
): StoredPictures {
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
  // A copy of a real picture (null) is as realistic as can be.
  const order = realism
    .map((score, sample) => ({ score, sample }))
    .sort((a, b) => (b.score ?? Infinity) - (a.score ?? Infinity));
  const half = Math.min(SHOWN, Math.floor(new Set(samples.map(({ artifactHash }) => artifactHash)).size / 2));
  return {
    most: distinct(order, half),
    least: distinct([...order].reverse(), half),
    closest: distinct(
      closest.map(({ generated, ratio }) => ({
        sample: generated,
        score: Number.isFinite(ratio) ? ratio : null,
      })),
      SHOWN,
    ),
  };
}
