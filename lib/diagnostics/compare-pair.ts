import { inTransaction, type Db } from "@/lib/db/client";
import { promptSubset } from "@/lib/scoring/common-prompts";
import { embedForScoring } from "@/lib/scoring/embed-for-scoring";
import { SEED, withProtocols } from "@/lib/diagnostics/diagnose-features";
import type { ScoringEncoder } from "@/lib/references/reference-reader";
import { pairInputs, pairRuns } from "@/lib/diagnostics/run-pairing";
import {
  distanceReference,
  referenceFeatures,
  runFeatures,
  sampleReference,
} from "@/lib/scoring/scoring-features";
import { examineMetricsInThread } from "@/lib/encoders/compute-thread";
import { featuresId } from "@/lib/encoders/features-id";
import { featureSet } from "@/lib/metrics/features";
import type { PromptSubset } from "@/lib/scoring/score-run";

/**
 * Compute two runs' metrics over the prompts that both have answered, under every encoder in use: equal n, the same prompts,
 * so that what is left between them is the models. Kept an encoder at a time; the same inputs are not computed twice.
 */
export async function comparePair(
  job: { first: string; second: string },
  db: Db,
  signal: AbortSignal,
): Promise<void> {
  const runs = await db.run.count({ where: { id: { in: [job.first, job.second] }, state: "PUBLISHED" } });
  if (runs < 2) return;
  const pairing = await pairRuns(job.first, job.second, db);
  if (pairing === null || pairing.isWhole) return;
  const { encoders: ofFirst } = await embedForScoring(pairing.first, db, signal);
  const ofSecond = (await embedForScoring(pairing.second, db, signal)).encoders.map(featuresId);
  const encoders = ofFirst.filter((encoder) => ofSecond.includes(featuresId(encoder)));
  for (const encoder of encoders) {
    const inputsHash = await pairInputs(pairing, encoder, db);
    if (inputsHash === null) continue;
    const key = { firstRunId: pairing.first, secondRunId: pairing.second, encoderId: featuresId(encoder) };
    const known = await db.runPair.findUnique({
      where: { firstRunId_secondRunId_encoderId: key },
      select: { inputsHash: true },
    });
    if (known?.inputsHash === inputsHash) continue;
    const prompts = promptSubset(pairing.prompts);
    const first = await examineOver(pairing.first, prompts, encoder, db, signal);
    const second = await examineOver(pairing.second, prompts, encoder, db, signal);
    if (first === null || second === null) continue;
    await inTransaction(async (tx) => {
      await tx.runPair.deleteMany({ where: key });
      await tx.runPair.create({ data: { ...key, inputsHash, first, second } });
    }, db);
  }
}

async function examineOver(
  runId: string,
  prompts: PromptSubset,
  encoder: ScoringEncoder,
  db: Db,
  signal: AbortSignal,
) {
  const distance = await distanceReference(encoder, db);
  const reference = await sampleReference(encoder, db);
  if (!distance || !reference?.manifestSha256) return null;
  const { features } = await runFeatures(runId, encoder, db, prompts.ids);
  const fake = featureSet(features, encoder.dimension);
  const real = featureSet(await referenceFeatures(reference.id, encoder, db), encoder.dimension);
  const { metrics, influences } = await examineMetricsInThread(
    { distanceReference: distance.gaussian, real, fake, seed: SEED },
    signal,
  );
  const against = {
    n: fake.n,
    nReference: real.n,
    nDistance: distance.gaussian.count ?? null,
    distance: distance.manifest,
    samples: reference.manifestSha256,
    prompts: prompts.hash,
  };
  return { metrics: withProtocols(metrics, encoder, against), influences: { ...influences } };
}
