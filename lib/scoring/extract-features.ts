import { inTransaction, type Db } from "@/lib/db/client";
import { advanceRun } from "@/lib/runs/advance-run";
import { embedForScoring } from "@/lib/scoring/embed-for-scoring";

/** The EXTRACTING stage of a run: embed and grade what is not yet, then move on. */
export async function extractFeatures(runId: string, db: Db, signal: AbortSignal): Promise<void> {
  const run = await db.run.findUnique({ where: { id: runId }, select: { state: true } });
  if (run?.state !== "EXTRACTING") return;
  await embedForScoring(runId, db, signal);
  await inTransaction((tx) => advanceRun(runId, "extracted", tx), db);
}
