import type { Tx } from "@/lib/db/client";
import { JOBS, type JobName, type JobPayload } from "@/lib/queue/jobs";

export interface KeyedJob<N extends JobName> {
  payload: JobPayload<N>;
  /** As of enqueue.ts. */
  key: string;
  queue: string;
  priority: number;
}

/**
 * Put many jobs of one kind into the queue by one statement, in the caller's transaction. A run of 10,000 prompts
 * has 1,250 jobs: one by one they would take the transaction's time in round trips.
 * @throws ZodError when a payload is not the job's; nothing is queued then
 */
export async function enqueueMany<N extends JobName>(name: N, jobs: KeyedJob<N>[], tx: Tx): Promise<void> {
  if (jobs.length === 0) return;
  const { payload, maxAttempts } = JOBS[name];
  const rows = JSON.stringify(jobs.map((job) => ({ ...job, payload: payload.parse(job.payload) })));
  await tx.$executeRaw`
    select count(*) from graphile_worker.add_jobs(
      array(
        select row(${name}::text, j.payload, j.queue, now(), ${maxAttempts}::smallint, j.key, j.priority::smallint, null)
          ::graphile_worker.job_spec
        from json_to_recordset(${rows}::json) as j (payload json, queue text, key text, priority int)
      ),
      job_key_preserve_run_at := true
    )`;
}
