import { inTransaction, type Db } from "@/lib/db/client";
import { enqueueStage } from "@/lib/runs/enqueue-stage";
import { lockRun } from "@/lib/runs/lock-run";
import { isFinal } from "@/lib/runs/run-lifecycle";

/**
 * Queue again what active runs wait for when no job of theirs is left: a worker that was killed five times on one
 * job, a queue that was emptied by hand. Every job of a run carries a key that starts with the run's id; a job that
 * has used up its attempts counts as none. A run that waits for an upload waits for no job (lib/samples/sweep-uploads.ts).
 * @returns ids of the runs that were set going
 */
export async function requeueStalledRuns(db: Db): Promise<string[]> {
  const stalled = await db.$queryRaw<{ id: string }[]>`
    select r.id from runs r
    where r.state not in ('PAUSED', 'PUBLISHED', 'FAILED', 'CANCELLED')
      and not exists (select from sample_uploads u where u.run_id = r.id and u.state in ('RECEIVING', 'READING'))
      and not exists (
        select from graphile_worker.jobs j
        where j.key like r.id || ':%' and (j.attempts < j.max_attempts or j.locked_at is not null)
      )`;
  for (const { id } of stalled) {
    await inTransaction(async (tx) => {
      const run = await lockRun(id, tx);
      if (!isFinal(run.state)) await enqueueStage(id, run.state, tx);
    }, db);
  }
  return stalled.map(({ id }) => id);
}
