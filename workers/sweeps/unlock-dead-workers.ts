import { inTransaction, type Db } from "@/lib/db/client";
import { WORKER_LOCKS } from "@/workers/liveness";

/**
 * Give back the jobs and queues of workers that are gone. The queue itself would keep them for four hours.
 * A worker is gone when nobody holds its advisory lock (liveness.ts); trying the lock tells, and keeps other
 * sweeps out until this transaction ends.
 * @returns ids of the workers that were gone
 */
export function unlockDeadWorkers(db: Db): Promise<string[]> {
  return inTransaction(async (tx) => {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      with holders as materialized (
        select locked_by as id from graphile_worker._private_jobs where locked_by is not null
        union select locked_by from graphile_worker._private_job_queues where locked_by is not null
      )
      select id from holders where pg_try_advisory_xact_lock(hashtextextended(id, ${WORKER_LOCKS}))`;
    const ids = rows.map(({ id }) => id);
    if (ids.length > 0)
      await tx.$queryRaw`select 1 from graphile_worker.force_unlock_workers(${ids}::text[])`;
    return ids;
  }, db);
}
