import type { Tx } from "@/lib/db/client";
import { holderName, type Holder } from "@/lib/queue/holder";

/**
 * The queue of what is computed for a run. All of a visitor's work together takes one slot of computing at a time, over all
 * workers: jobs there last minutes, and slots are as few as cores. What the operator's and the bundled models need is not held back.
 */
export async function computingQueue(runId: string, tx: Tx): Promise<string | undefined> {
  const run = await tx.run.findUnique({
    where: { id: runId },
    select: { model: { select: { bundled: true, submitterId: true, addressHash: true } } },
  });
  if (!run) return undefined;
  const { bundled, submitterId, addressHash } = run.model;
  return visitorsComputing({ bundled, ownerId: submitterId, addressHash });
}

/** The same for a visitor's own wish, such as a comparison of runs. */
export function visitorsComputing(holder: Holder): string | undefined {
  const isVisitors = !holder.bundled && (holder.ownerId !== null || holder.addressHash !== null);
  return isVisitors ? `compute:${holderName(holder)}` : undefined;
}
