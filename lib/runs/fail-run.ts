import type { Tx } from "@/lib/db/client";
import { lockRun } from "@/lib/runs/lock-run";
import { announceEnd } from "@/lib/runs/announce-end";
import { isFinal } from "@/lib/runs/run-lifecycle";
import type { RunFailure } from "@/lib/schemas/reasons/run-failure";

/** End a run whose work keeps breaking down on our side; it can be resumed when the reason is gone. */
export async function failRun(runId: string, failure: RunFailure, tx: Tx): Promise<void> {
  const run = await lockRun(runId, tx);
  if (isFinal(run.state)) return;
  await tx.run.update({
    where: { id: runId },
    data: { state: "FAILED", failureReason: failure, pausedFor: null, finishedAt: new Date() },
  });
  await announceEnd(runId, tx);
}
