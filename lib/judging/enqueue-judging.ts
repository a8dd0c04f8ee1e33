import type { Tx } from "@/lib/db/client";
import { enqueue } from "@/lib/queue/enqueue";

/** After what people wait for and the first chunks of every run's generation: judging is never in a hurry. */
const PRIORITY = 40;

interface Task {
  id: string;
  /** null: a task about a board's pairs. */
  runId: string | null;
  canaries: boolean;
}
interface Load {
  id: string;
  concurrency: number;
}

/**
 * Queue a task's lanes. A judge has as many lanes as requests it may be sent at a time; jobs of one lane run one after the other
 * over all workers and tasks. Every job of a task has a key that starts with the task's id.
 */
export async function enqueueTask(task: Task, judge: Load, tx: Tx, delayMs = 0): Promise<void> {
  for (let lane = 0; lane < judge.concurrency; lane++) await enqueueLane(task, judge, lane, delayMs, tx);
}

/** Queue one lane, to be worked on not before `delayMs` from now. */
export function enqueueLane(task: Task, judge: Load, lane: number, delayMs: number, tx: Tx): Promise<void> {
  return enqueue(
    task.canaries ? "judge-canaries" : task.runId === null ? "judge-pairs" : "judge-samples",
    { taskId: task.id, lane },
    { key: `${task.id}:${lane}`, queue: `judge:${judge.id}:${lane}`, priority: PRIORITY, delayMs },
    tx,
  );
}

/** Have the judges given a published run, unless its model is not listed. Nothing waits for it. */
export function enqueueJudgesOf(runId: string, tx: Tx): Promise<void> {
  return enqueue("start-judging", { runId }, { key: `start-judging:${runId}` }, tx);
}
