import type { Tx } from "@/lib/db/client";

/** A failed job, as far as it is told of in the audit log. */
export interface ChangedJob {
  id: string;
  kind: string;
  attempts: number;
  maxAttempts: number;
}

export type WhichJobs = { job: string } | { kind: string };

/**
 * Have failed jobs done again, now and from their first attempt. One that a worker has in hand, or that has not failed, is left alone.
 * @returns those that are done again, as they were
 */
export async function retryJobs(which: WhichJobs, tx: Tx): Promise<ChangedJob[]> {
  const jobs = await lockFailed(which, tx);
  await tx.$queryRaw`
    select 1 from graphile_worker.reschedule_jobs(${idsOf(jobs)}::bigint[], run_at := now(), attempts := 0)`;
  return jobs;
}

/**
 * Remove a job that is tried no more.
 * @returns it as it was; null: there is none, or it has attempts left or is in a worker's hands
 */
export async function removeJob(job: string, tx: Tx): Promise<ChangedJob | null> {
  const [found] = await lockFailed({ job }, tx);
  if (found === undefined || found.attempts < found.maxAttempts) return null;
  await tx.$queryRaw`select 1 from graphile_worker.complete_jobs(${idsOf([found])}::bigint[])`;
  return found;
}

const idsOf = (jobs: ChangedJob[]) => jobs.map(({ id }) => BigInt(id));

function lockFailed(which: WhichJobs, tx: Tx): Promise<ChangedJob[]> {
  const id = "job" in which ? BigInt(which.job) : null;
  const kind = "kind" in which ? which.kind : null;
  return tx.$queryRaw<ChangedJob[]>`
    select j.id::text as id, t.identifier as kind, j.attempts, j.max_attempts as "maxAttempts"
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where j.locked_at is null and (j.last_error is not null or j.attempts >= j.max_attempts)
      and (${id}::bigint is null or j.id = ${id}) and (${kind}::text is null or t.identifier = ${kind})
    order by j.id for update of j skip locked`;
}
