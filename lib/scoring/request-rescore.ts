import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { computingQueue } from "@/lib/queue/computing-queue";
import type { Visitor } from "@/lib/models/visibility";
import { lockOwnRun } from "@/lib/runs/lock-run";
import { enqueue } from "@/lib/queue/enqueue";

/** As an examination: someone may be looking at the page. */
const PRIORITY = 6;

/** Queue the scoring of a published run under what this site scores with now. Asked for twice, it is done once. */
export async function enqueueRescore(runId: string, tx: Tx): Promise<void> {
  const queue = await computingQueue(runId, tx);
  await enqueue("rescore-run", { runId }, { key: `${runId}:rescore`, queue, priority: PRIORITY }, tx);
}

/**
 * Have one's own published run scored again.
 * @throws SalonError not_found, forbidden; not_ready for a run that is not published
 */
export function requestRescore(ask: { runId: string } & Visitor, tx?: Tx): Promise<void> {
  return atomically(tx, async (tx) => {
    const run = await lockOwnRun(ask.runId, ask, tx);
    if (run.state !== "PUBLISHED")
      throw new SalonError("not_ready", "Only a published run can be scored again.");
    await enqueueRescore(run.id, tx);
  });
}

/** Have every published run scored again. @returns how many there are */
export function rescoreAllRuns(tx?: Tx): Promise<number> {
  return atomically(tx, async (tx) => {
    const runs = await tx.run.findMany({ where: { state: "PUBLISHED" }, select: { id: true } });
    for (const { id } of runs) await enqueueRescore(id, tx);
    return runs.length;
  });
}
