import type { Tx } from "@/lib/db/client";
import { computingQueue } from "@/lib/queue/computing-queue";
import {
  advanceKey,
  enqueueGeneration,
  extractKey,
  scoreKey,
} from "@/lib/runs/generation/enqueue-generation";
import { enqueue } from "@/lib/queue/enqueue";
import type { RunState } from "@/lib/schemas/runs";

/** Scoring a finished run comes before generating for the next. */
const PRIORITY = 5;

/** Queue the work that a run in this state waits for. */
export async function enqueueStage(runId: string, state: RunState, tx: Tx): Promise<void> {
  const computing = async () => ({ queue: await computingQueue(runId, tx), priority: PRIORITY });
  switch (state) {
    case "QUEUED":
    case "GENERATING": {
      const jobs = await enqueueGeneration(runId, tx);
      if (jobs === 0) await enqueue("advance-run", { runId }, { key: advanceKey(runId) }, tx);
      return;
    }
    case "EXTRACTING":
      return enqueue("extract-features", { runId }, { key: extractKey(runId), ...(await computing()) }, tx);
    case "SCORING":
      return enqueue("compute-metrics", { runId }, { key: scoreKey(runId), ...(await computing()) }, tx);
    case "PAUSED":
    case "PUBLISHED":
    case "FAILED":
    case "CANCELLED":
      return;
  }
}
