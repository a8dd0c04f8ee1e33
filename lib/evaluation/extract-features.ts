import { inTransaction, type Db } from "@/lib/db/client";
import { advanceRun } from "@/lib/evaluation/advance-run";
import { embedRun } from "@/lib/evaluation/embed-run";
import { scoringEncoders, scoringTools } from "@/lib/evaluation/scoring-tools";

/** The EXTRACTING stage of a run: embed and grade what is not yet, then move on. */
export async function extractFeatures(runId: string, db: Db, signal: AbortSignal): Promise<void> {
  const run = await db.run.findUnique({ where: { id: runId }, select: { state: true } });
  if (run?.state !== "EXTRACTING") return;
  const { grader, contrastive } = await scoringTools();
  const encoders = [...(await scoringEncoders(db)), contrastive.image];
  await embedRun(runId, { encoders, grader }, db, signal);
  await inTransaction((tx) => advanceRun(runId, "extracted", tx), db);
}
