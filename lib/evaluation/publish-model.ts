import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { enqueueJudgesOf } from "@/lib/judging/enqueue-judging";
import { lockOwnRun } from "@/lib/evaluation/lock-run";
import { enqueueCommonScores } from "@/lib/evaluation/enqueue-common-scores";
import { isFinal } from "@/lib/evaluation/run-lifecycle";

/**
 * Put the model of a run on its board and into the arena: now if the run is scored, else as soon as it is.
 * @throws SalonError not_found, forbidden; not_ready when the run ended without a score
 */
export function publishModel(ask: { runId: string; voterId: string | null }, tx?: Tx): Promise<void> {
  return atomically(tx, async (tx) => {
    const run = await lockOwnRun(ask.runId, ask.voterId, tx);
    if (run.state === "PUBLISHED") {
      await tx.model.update({ where: { id: run.modelId }, data: { listed: true } });
      await enqueueJudgesOf(run.id, tx);
      await enqueueCommonScores(run.promptSetId, tx);
    } else if (isFinal(run.state)) {
      throw new SalonError("not_ready", "The run ended without a score. Resume it, then publish.", {
        retryable: false,
      });
    }
    await tx.run.update({ where: { id: run.id }, data: { listsModel: true } });
  });
}
