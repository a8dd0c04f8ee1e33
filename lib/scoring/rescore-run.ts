import { inTransaction, type Db } from "@/lib/db/client";
import { enqueueExamination } from "@/lib/queue/requests/request-diagnostics";
import { lockRun } from "@/lib/runs/lock-run";
import { enqueueCommonScores } from "@/lib/queue/requests/request-common-scores";
import { keepScores, scoreRun } from "@/lib/scoring/score-run";

/**
 * Score a published run under every encoder and reference set in use, embedding what is not embedded yet, and have it
 * examined anew. Scores that it has stay under their own protocols; what is there already is not computed into anything else.
 */
export async function rescoreRun(runId: string, db: Db, signal: AbortSignal): Promise<void> {
  const run = await db.run.findUnique({ where: { id: runId }, select: { state: true, promptSetId: true } });
  if (run?.state !== "PUBLISHED") return;
  const scores = await scoreRun(runId, db, signal);
  await inTransaction(async (tx) => {
    // A run that was taken up again meanwhile has other samples.
    if ((await lockRun(runId, tx)).state !== "PUBLISHED") return;
    await keepScores(runId, scores, tx);
    await enqueueExamination(runId, tx);
    await enqueueCommonScores(run.promptSetId, tx);
  }, db);
}
