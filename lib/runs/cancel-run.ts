import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";
import type { Visitor } from "@/lib/models/visibility";
import { announceEnd } from "@/lib/runs/announce-end";
import { lockOwnRun } from "@/lib/runs/lock-run";
import { isFinal } from "@/lib/runs/run-lifecycle";

/**
 * Stop a run; what it has made stays, and it can be resumed. Jobs that are waiting or running find it cancelled.
 * @throws SalonError not_found, forbidden; conflict when it has ended already
 */
export function cancelRun(ask: { runId: string } & Visitor, tx?: Tx): Promise<void> {
  return atomically(tx, async (tx) => {
    const run = await lockOwnRun(ask.runId, ask, tx);
    if (run.state === "CANCELLED") return;
    if (isFinal(run.state)) throw new SalonError("conflict", "The run has ended already.");
    await tx.run.update({
      where: { id: run.id },
      data: { state: "CANCELLED", failureReason: Prisma.DbNull, pausedFor: null, finishedAt: new Date() },
    });
    await announceEnd(run.id, tx);
    await recordChange(tx, {
      by: ask,
      action: "runs.control",
      subject: { kind: "run", id: run.id, label: run.label ?? run.id },
      before: { state: run.state },
      after: { state: "CANCELLED" },
    });
  });
}
