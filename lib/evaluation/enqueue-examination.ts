import type { Tx } from "@/lib/db/client";
import { enqueue } from "@/lib/queue/enqueue";

/** After scoring, before the generation of later runs: someone is looking at the page. */
const PRIORITY = 6;

/** Queue the examination of a published run. */
export function enqueueExamination(runId: string, tx: Tx): Promise<void> {
  return enqueue("examine-run", { runId }, { key: `${runId}:examine`, priority: PRIORITY }, tx);
}
