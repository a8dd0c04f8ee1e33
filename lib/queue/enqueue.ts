import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { JOBS, type JobName, type JobPayload } from "@/lib/queue/jobs";

type EnqueueOptions = {
  /** Jobs with one key coalesce: a waiting one is replaced; one that is running is followed by one more run. */
  key?: string;
  /** Jobs of one queue run one after the other, over all workers. */
  queue?: string;
  /** Not before this many milliseconds from now. */
  delayMs?: number;
  /** Lower runs sooner; 0 unless told. */
  priority?: number;
};

/**
 * Put a job into the queue, in the caller's transaction: it exists if and only if the row that needs it does.
 * @throws ZodError when the payload is not the job's
 */
export async function enqueue<N extends JobName>(
  name: N,
  payload: JobPayload<N>,
  options: EnqueueOptions,
  tx: Tx,
): Promise<void> {
  await tx.$executeRaw`select ${jobAdded(name, payload, options)}`;
}

/**
 * SQL: the call that puts a job into the queue, for a statement that does more.
 * @throws ZodError when the payload is not the job's
 */
export function jobAdded<N extends JobName>(
  name: N,
  payload: JobPayload<N>,
  options: EnqueueOptions,
): Prisma.Sql {
  const body = JSON.stringify(JOBS[name].payload.parse(payload));
  const runAt = new Date(Date.now() + (options.delayMs ?? 0));
  // A key keeps the earliest run_at, so that a stream of requests cannot put a job off for ever.
  const keyMode = options.key === undefined ? null : "preserve_run_at";
  return Prisma.sql`graphile_worker.add_job(
      ${name}::text,
      payload := ${body}::json,
      queue_name := ${options.queue ?? null}::text,
      run_at := ${runAt}::timestamptz,
      max_attempts := ${JOBS[name].maxAttempts}::int,
      job_key := ${options.key ?? null}::text,
      priority := ${options.priority ?? 0}::int,
      job_key_mode := ${keyMode}::text
    )`;
}
