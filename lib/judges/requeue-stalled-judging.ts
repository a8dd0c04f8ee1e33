import { inTransaction, type Db } from "@/lib/db/client";
import { enqueueTask, type Load } from "@/lib/queue/requests/request-judging";
import { IN_SCOPE } from "@/lib/judges/tasks-in-scope";

/**
 * Queue again the unfinished tasks of active judges that have no job left: a worker that was killed five times on one job, a
 * queue that was emptied by hand.
 * @returns ids of the tasks
 */
export async function requeueStalledJudging(db: Db): Promise<string[]> {
  const tasks = await db.$queryRaw<
    ({ id: string; runId: string | null; canaries: boolean; judgeId: string } & Omit<Load, "id">)[]
  >`
    select t.id, t.run_id as "runId", t.canaries, t.judge_id as "judgeId", j.concurrency, j.bundled, j.owner_id as "ownerId",
      j.address_hash as "addressHash"
    from judge_tasks t join judges j on j.id = t.judge_id
    where t.finished_at is null and j.state = 'ACTIVE' and ${IN_SCOPE}
      and not exists (
        select from graphile_worker.jobs q
        where q.key like t.id || ':%' and (q.attempts < q.max_attempts or q.locked_at is not null))`;
  for (const { judgeId, ...task } of tasks) {
    await inTransaction((tx) => enqueueTask(task, { ...task, id: judgeId }, tx), db);
  }
  return tasks.map(({ id }) => id);
}
