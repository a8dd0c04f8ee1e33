import { inTransaction, type Db } from "@/lib/db/client";
import { embedForScoring } from "@/lib/scoring/embed-for-scoring";
import { examineFeatures } from "@/lib/diagnostics/diagnose-features";
import { hashOf } from "@/lib/runs/hash-of";
import { inspectSamples, type Histograms } from "@/lib/diagnostics/inspect-samples";
import { lockRun } from "@/lib/runs/lock-run";
import type { ScoringEncoder } from "@/lib/references/reference-reader";
import { sampleReference } from "@/lib/scoring/scoring-features";

/** Raise it when input forensics itself changes: runs are then inspected anew. */
const VERSION = "2";

/**
 * Look at a published run's samples: input forensics, and beside the reference images of every encoder in use what
 * examine-features.ts finds. Each part is kept as soon as it is there, and the same inputs are not examined twice.
 */
export async function examineRun(runId: string, db: Db, signal: AbortSignal): Promise<void> {
  const run = await db.run.findUnique({ where: { id: runId }, select: { state: true } });
  if (run?.state !== "PUBLISHED") return;
  const { encoders } = await embedForScoring(runId, db, signal);
  // The bundled encoder's examination takes seconds, a wide one's minutes: the row that says "examined" comes in between.
  const [first, ...others] = encoders;
  if (first) await examineFeatures(runId, first, db, signal);
  await inspectRun(runId, encoders, db, signal);
  for (const encoder of others) await examineFeatures(runId, encoder, db, signal);
}

async function inspectRun(
  runId: string,
  encoders: ScoringEncoder[],
  db: Db,
  signal: AbortSignal,
): Promise<void> {
  const references = await Promise.all(encoders.map((encoder) => sampleReference(encoder, db)));
  const samples = await db.sample.findMany({
    where: { runId },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  const failures = await db.sampleFailure.findMany({
    where: { runId, code: "invalid" },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  const inputsHash = hashOf([
    VERSION,
    ...references.map((reference) => reference?.id ?? ""),
    ...[...samples, ...failures].map(({ id }) => id),
  ]);
  const known = await db.runExamination.findUnique({ where: { runId }, select: { inputsHash: true } });
  if (known?.inputsHash === inputsHash) return;
  const histograms = references.flatMap((reference) => histogramsOf(reference) ?? []);
  const forensics = await inspectSamples(runId, histograms, db, signal);
  await inTransaction(async (tx) => {
    // A run that was taken up again meanwhile has other samples.
    if ((await lockRun(runId, tx)).state !== "PUBLISHED") return;
    await tx.runExamination.deleteMany({ where: { runId } });
    await tx.runExamination.create({ data: { runId, inputsHash, forensics } });
  }, db);
}

function histogramsOf(reference: { formats: unknown; resolutions: unknown } | null): Histograms | null {
  if (!reference?.formats || !reference.resolutions) return null;
  return {
    formats: reference.formats as Record<string, number>,
    resolutions: reference.resolutions as Record<string, number>,
  };
}
