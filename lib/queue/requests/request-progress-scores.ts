import type { Tx } from "@/lib/db/client";
import { computingQueue } from "@/lib/queue/computing-queue";
import { enqueue } from "@/lib/queue/enqueue";

/** After the scores of finished runs. */
const PRIORITY = 7;

/** Queue the scoring of a run that is still going on, up to its last mark. Asked for twice before it starts, it is done once. */
export async function enqueueProgressScores(runId: string, tx: Tx): Promise<void> {
  const queue = await computingQueue(runId, tx);
  await enqueue("score-progress", { runId }, { key: `${runId}:progress`, queue, priority: PRIORITY }, tx);
}
