import { db, type Tx } from "@/lib/db/client";

/** Jobs of one kind, counted by how they stand. */
export interface JobCounts {
  kind: string;
  waiting: number;
  running: number;
  retrying: number;
  failed: number;
  /** When the oldest of those that wait was due. */
  oldest: Date | null;
}

/** How many jobs of each kind there are, by name. */
export function countJobs(tx: Tx = db()): Promise<JobCounts[]> {
  return tx.$queryRaw<JobCounts[]>`
    select t.identifier as kind,
      count(*) filter (where j.locked_at is null and j.attempts < j.max_attempts and j.last_error is null)::int as waiting,
      count(*) filter (where j.locked_at is not null)::int as running,
      count(*) filter (where j.locked_at is null and j.attempts < j.max_attempts and j.last_error is not null)::int as retrying,
      count(*) filter (where j.locked_at is null and j.attempts >= j.max_attempts)::int as failed,
      min(j.run_at) filter (where j.locked_at is null and j.attempts < j.max_attempts and j.run_at <= now()) as oldest
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    group by t.identifier order by t.identifier`;
}

/** A job that has failed at least once, and that no worker has in hand. */
export interface FailedJobRow {
  id: string;
  kind: string;
  payload: unknown;
  error: string | null;
  attempts: number;
  maxAttempts: number;
  runAt: Date;
  updatedAt: Date;
}

/** Failed jobs, first those that are tried no more, the newest of each first. */
export function listFailedJobs(most: number, tx: Tx = db()): Promise<FailedJobRow[]> {
  return tx.$queryRaw<FailedJobRow[]>`
    select j.id::text as id, t.identifier as kind, j.payload, j.last_error as error, j.attempts,
      j.max_attempts as "maxAttempts", j.run_at as "runAt", j.updated_at as "updatedAt"
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where j.locked_at is null and (j.last_error is not null or j.attempts >= j.max_attempts)
    order by (j.attempts >= j.max_attempts) desc, j.updated_at desc, j.id desc limit ${most}`;
}

/** A process that takes jobs, known by the connection that proves its life (workers/liveness.ts). */
export interface WorkerRow {
  since: Date;
  address: string | null;
  slots: number;
}

/** The workers that are alive, the oldest first. */
export function listWorkers(tx: Tx = db()): Promise<WorkerRow[]> {
  return tx.$queryRaw<WorkerRow[]>`
    select a.backend_start as since, host(a.client_addr) as address,
      (select count(*)::int from pg_locks l where l.pid = a.pid and l.locktype = 'advisory' and l.granted) as slots
    from pg_stat_activity a
    where a.application_name = 'salon-worker-liveness' and a.datname = current_database()
    order by a.backend_start, a.pid`;
}
