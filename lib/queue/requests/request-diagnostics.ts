import type { Tx } from "@/lib/db/client";
import { computingQueue } from "@/lib/queue/computing-queue";
import { enqueue } from "@/lib/queue/enqueue";

/** After scoring, before the generation of later runs: someone is looking at the page. */
const PRIORITY = 6;

/** Queue the examination of a published run. */
export async function enqueueExamination(runId: string, tx: Tx): Promise<void> {
  const queue = await computingQueue(runId, tx);
  await enqueue("examine-run", { runId }, { key: `${runId}:examine`, queue, priority: PRIORITY }, tx);
}
