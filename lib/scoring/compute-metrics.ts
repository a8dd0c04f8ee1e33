import { inTransaction, type Db } from "@/lib/db/client";
import { advanceRun } from "@/lib/runs/advance-run";
import { lockRun } from "@/lib/runs/lock-run";
import { keepScores, scoreRun } from "@/lib/scoring/score-run";

/** The SCORING stage of a run: compute its metrics, keep them and publish it, all or nothing. */
export async function computeMetrics(runId: string, db: Db, signal: AbortSignal): Promise<void> {
  const run = await db.run.findUnique({ where: { id: runId }, select: { state: true } });
  if (run?.state !== "SCORING") return;
  const scores = await scoreRun(runId, db, signal);
  await inTransaction(async (tx) => {
    await lockRun(runId, tx);
    // What it was worth on the way is no score of it any more.
    await tx.metricResult.deleteMany({ where: { runId, soFar: true } });
    await keepScores(runId, scores, tx);
    await advanceRun(runId, "scored", tx);
  }, db);
}
