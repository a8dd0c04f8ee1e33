import { run, type JobHelpers, type Runner, type TaskList } from "graphile-worker";
import { Pool } from "pg";
import type { Logger } from "pino";
import { isDiskFull } from "@/lib/disk-full";
import { waitForDiskSpace } from "@/lib/artifacts/disk-space";
import { SalonError } from "@/lib/errors";
import { JOBS, type JobName } from "@/lib/queue/jobs";
import type { JobContext } from "@/workers/context";
import type { Liveness } from "@/workers/liveness";
import { LANES, type Lane, type LaneSize } from "@/workers/lanes";
import { queueLog } from "@/workers/log";
import { REGISTRY } from "@/workers/registry";
import { isSubjectGone } from "@/workers/subject-gone";

type Shared = Omit<JobContext, "retriesLeft">;

export interface RunningLanes {
  /** Rejects when a lane cannot go on. */
  promise: Promise<unknown>;
  /** Give back what is under way, and end. */
  stop(): Promise<void>;
}

/** Connections beyond the one with which each lane listens: a slot needs one for the milliseconds of taking or ending a job. */
const SPARE_CONNECTIONS = 4;

/** Work on the jobs of all lanes until stopped. */
export async function runLanes(
  sizes: Record<Lane, LaneSize>,
  options: { databaseUrl: string; liveness: Liveness },
  shared: Shared,
): Promise<RunningLanes> {
  const pool = new Pool({
    connectionString: options.databaseUrl,
    max: LANES.length + SPARE_CONNECTIONS,
    application_name: "salon-worker-queue",
  });
  // Every lane listens for errors of every connection.
  pool.on("connect", (connection) => connection.setMaxListeners(0));
  const runners = await Promise.all(
    LANES.map((lane) => runLane(lane, sizes[lane], { pool, liveness: options.liveness }, shared)),
  );
  // A slot that could not end its job is gone for good; the queue goes on without it.
  const lostSlot = new Promise<never>((_, reject) => {
    for (const { events } of runners) events.on("worker:fatalError", ({ error }) => reject(error as Error));
  });
  return {
    promise: Promise.race([lostSlot, Promise.all(runners.map(({ promise }) => promise))]),
    async stop() {
      await Promise.allSettled(runners.map((runner) => runner.stop()));
      await pool.end();
    },
  };
}

function runLane(
  lane: Lane,
  size: LaneSize,
  { pool, liveness }: { pool: Pool; liveness: Liveness },
  shared: Shared,
): Promise<Runner> {
  const names = (Object.keys(REGISTRY) as JobName[]).filter((name) => REGISTRY[name].lane === lane);
  return run({
    pgPool: pool,
    concurrency: size.slots,
    pollInterval: size.pollMs,
    noHandleSignals: true,
    logger: queueLog(shared.log),
    taskList: Object.fromEntries(names.map((name) => [name, task(name, shared)])) as TaskList,
    preset: {
      plugins: [
        {
          name: "SalonLivenessPlugin",
          version: "1.0.0",
          worker: {
            hooks: { startWorker: (_context, { worker }) => liveness.announce(worker.workerId) },
          },
        },
      ],
    },
  });
}

/** A job as the queue calls it: payload checked, times logged, its end on our side said on the run it belongs to. */
function task<N extends JobName>(name: N, shared: Shared) {
  const { handle, exhausted, fillsDisk } = REGISTRY[name];
  return async (body: unknown, helpers: JobHelpers): Promise<void> => {
    const { job } = helpers;
    const payload = JOBS[name].payload.parse(body) as Parameters<typeof handle>[0];
    const log: Logger = shared.log.child({ job: name, ...payload });
    const context: JobContext = { ...shared, log, retriesLeft: job.attempts < job.max_attempts };
    const started = performance.now();
    try {
      await withDiskSpace(() => handle(payload, context), fillsDisk ?? false, context);
      log.debug({ ms: Math.round(performance.now() - started) }, "done");
    } catch (error) {
      if (shared.signal.aborted) return requeue(name, body, helpers);
      if (await isSubjectGone(payload, shared.db)) return log.info("what it was about has been removed");
      const attempt = { attempt: job.attempts, of: job.max_attempts };
      // An endpoint that is down is no fault of this code: where it was noticed helps nobody.
      if (error instanceof SalonError) log.warn(attempt, `failed: ${error.message}`);
      else log.error({ err: error, ...attempt }, "failed");
      if (!context.retriesLeft) await exhausted?.(payload, error, context);
      throw error;
    }
  };
}

/**
 * Do a job once the disk has room for it, and again when the disk was full nonetheless: neither is a failure of the job's, and the
 * slot it holds meanwhile could not be used by its like.
 */
async function withDiskSpace(
  work: () => Promise<void>,
  fillsDisk: boolean,
  { signal, log }: JobContext,
): Promise<void> {
  const onWait = () => log.warn("waits: the disk is nearly full");
  if (fillsDisk) await waitForDiskSpace(signal, { onWait });
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isDiskFull(error) || signal.aborted) throw error;
      log.warn({ err: error }, "waits: the disk is full");
      await waitForDiskSpace(signal, { hasFailed: true });
    }
  }
}

/** A stop is no failure: the job goes back as it was, its attempts uncounted. */
async function requeue(
  name: JobName,
  body: unknown,
  { job, addJob, getQueueName }: JobHelpers,
): Promise<void> {
  const queueName = (await getQueueName()) ?? undefined;
  await addJob(name, body, {
    queueName,
    jobKey: job.key ?? undefined,
    priority: job.priority,
    maxAttempts: job.max_attempts,
  });
}
