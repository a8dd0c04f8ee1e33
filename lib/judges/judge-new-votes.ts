import type { Tx } from "@/lib/db/client";
import { PUBLIC_JUDGE } from "@/lib/judges/judge-scope";
import { enqueueTask } from "@/lib/queue/requests/request-judging";

/** Votes arrive in bursts: judges take them up so much later. */
const DELAY_MS = 30_000;

/** Have the judges of a board's pairs look for pairs that have been voted on since. */
export async function judgeNewVotes(boardId: string, tx: Tx): Promise<void> {
  const tasks = await tx.judgeTask.findMany({
    where: { boardId, canaries: false, judge: { state: "ACTIVE", ...PUBLIC_JUDGE } },
    include: { judge: true },
  });
  for (const task of tasks) {
    await tx.judgeTask.update({ where: { id: task.id }, data: { finishedAt: null } });
    await enqueueTask(task, task.judge, tx, DELAY_MS);
  }
}
