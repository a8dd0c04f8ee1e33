import type { Tx } from "@/lib/db/client";
import { endSpell } from "@/lib/runs/generation/endpoint-spell";
import { tellRunFinished } from "@/lib/webhooks/tell-run-finished";

/** Tell who wants to know that a run has ended, in the transaction that ends it. */
export async function announceEnd(runId: string, tx: Tx): Promise<void> {
  await endSpell(runId, tx);
  await tellRunFinished(runId, tx);
}
