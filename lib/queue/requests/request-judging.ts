import type { Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import { enqueue } from "@/lib/queue/enqueue";
import type { Holder } from "@/lib/queue/holder";
import { shareQueue } from "@/lib/queue/share-queue";

/** After what people wait for and the first chunks of every run's generation: judging is never in a hurry. */
const PRIORITY = 40;

interface Task {
  id: string;
  /** null: a task about a board's pairs. */
  runId: string | null;
  canaries: boolean;
}
/** A judge as far as its queues go by it. */
export interface Load extends Holder {
  id: string;
  concurrency: number;
}

/** The queue of one of a judge's lanes: the judges of one owner together take up a share of the slots at most. */
export function judgeQueue(judge: Load, lane: number): string {
  const share = env().REQUESTS_PER_SUBMITTER;
  return shareQueue("judge", judge, judge.id, { turn: lane, width: judge.concurrency, share });
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
    { key: `${task.id}:${lane}`, queue: judgeQueue(judge, lane), priority: PRIORITY, delayMs },
    tx,
  );
}

/** Have the judges given a published run, unless its model is not listed. Nothing waits for it. */
export function enqueueJudgesOf(runId: string, tx: Tx): Promise<void> {
  return enqueue("start-judging", { runId }, { key: `start-judging:${runId}` }, tx);
}
