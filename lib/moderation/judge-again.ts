import type { Tx } from "@/lib/db/client";
import { enqueueJudgesOf } from "@/lib/queue/requests/request-judging";

/** Judges have passed over samples of these runs that they may look at now: their tasks on them are open again. */
export async function judgeAgain(runIds: Iterable<string>, tx: Tx): Promise<void> {
  for (const runId of new Set(runIds)) {
    const { count } = await tx.judgeTask.updateMany({
      where: { runId, finishedAt: { not: null } },
      data: { finishedAt: null },
    });
    if (count > 0) await enqueueJudgesOf(runId, tx);
  }
}
