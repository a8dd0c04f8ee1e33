import { inTransaction, type Db } from "@/lib/db/client";

/**
 * Delete the names of queues that have no job: every submitter brings some, every search for a job looks at all of them, and the
 * queue itself keeps them for ever. Nobody adds or takes jobs meanwhile (the table is locked), so no name can go between a job's
 * look and its row. When somebody does just then, nothing is done.
 */
export async function collectQueues(db: Db): Promise<number> {
  return inTransaction(async (tx) => {
    const [{ isOurs }] = await tx.$queryRaw<[{ isOurs: boolean }]>`
      select pg_try_advisory_xact_lock(hashtextextended('salon:collect-queues', 0)) as "isOurs"`;
    if (!isOurs) return 0;
    await tx.$executeRaw`set local lock_timeout = '200ms'`;
    await tx.$executeRaw`lock table graphile_worker._private_job_queues in exclusive mode`;
    return tx.$executeRaw`
      delete from graphile_worker._private_job_queues q
      where locked_at is null
        and not exists (select from graphile_worker._private_jobs j where j.job_queue_id = q.id)`;
  }, db).catch((error: unknown) => {
    if (isLockTimeout(error)) return 0;
    throw error;
  });
}

const isLockTimeout = (error: unknown): boolean => String((error as Error).message).includes("55P03");
