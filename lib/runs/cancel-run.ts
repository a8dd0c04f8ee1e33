import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { announceEnd } from "@/lib/runs/announce-end";
import { lockOwnRun } from "@/lib/runs/lock-run";
import { isFinal } from "@/lib/runs/run-lifecycle";

/**
 * Stop a run; what it has made stays, and it can be resumed. Jobs that are waiting or running find it cancelled.
 * @throws SalonError not_found, forbidden; conflict when it has ended already
 */
export function cancelRun(ask: { runId: string; voterId: string | null }, tx?: Tx): Promise<void> {
  return atomically(tx, async (tx) => {
    const run = await lockOwnRun(ask.runId, ask.voterId, tx);
    if (run.state === "CANCELLED") return;
    if (isFinal(run.state)) throw new SalonError("conflict", "The run has ended already.");
    await tx.run.update({
      where: { id: run.id },
      data: { state: "CANCELLED", failureReason: null, pausedFor: null, finishedAt: new Date() },
    });
    await announceEnd(run.id, tx);
  });
}
