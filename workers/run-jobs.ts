import { run, type JobHelpers, type Runner, type TaskList } from "graphile-worker";
import type { Logger } from "pino";
import { JOBS, type JobName } from "@/lib/queue/jobs";
import type { JobContext } from "@/workers/context";
import type { Liveness } from "@/workers/liveness";
import { queueLog } from "@/workers/log";
import { REGISTRY, type Lane } from "@/workers/registry";
import { isSubjectGone } from "@/workers/subject-gone";

/** How soon a job is found that the queue's notification did not announce (one that is due by its time). */
const POLL_MS = 1_000;

type Shared = Omit<JobContext, "retriesLeft">;

/** Work on one lane's jobs until stopped, so many at a time. */
export function runLane(
  lane: Lane,
  options: { databaseUrl: string; concurrency: number; liveness: Liveness },
  shared: Shared,
): Promise<Runner> {
  const names = (Object.keys(REGISTRY) as JobName[]).filter((name) => REGISTRY[name].lane === lane);
  return run({
    connectionString: options.databaseUrl,
    concurrency: options.concurrency,
    maxPoolSize: options.concurrency + 2,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    logger: queueLog(shared.log),
    taskList: Object.fromEntries(names.map((name) => [name, task(name, shared)])) as TaskList,
    preset: {
      plugins: [
        {
          name: "SalonLivenessPlugin",
          version: "1.0.0",
          worker: {
            hooks: { startWorker: (_context, { worker }) => options.liveness.announce(worker.workerId) },
          },
        },
      ],
    },
  });
}

/** A job as the queue calls it: payload checked, times logged, its end on our side said on the run it belongs to. */
function task<N extends JobName>(name: N, shared: Shared) {
  const { handle, exhausted } = REGISTRY[name];
  return async (body: unknown, helpers: JobHelpers): Promise<void> => {
    const { job } = helpers;
    const payload = JOBS[name].payload.parse(body) as Parameters<typeof handle>[0];
    const log: Logger = shared.log.child({ job: name, ...payload });
    const context: JobContext = { ...shared, log, retriesLeft: job.attempts < job.max_attempts };
    const started = performance.now();
    try {
      await handle(payload, context);
      log.debug({ ms: Math.round(performance.now() - started) }, "done");
    } catch (error) {
      if (shared.signal.aborted) return requeue(name, body, helpers);
      if (await isSubjectGone(payload, shared.db)) return log.info("what it was about has been removed");
      log.warn({ err: error, attempt: job.attempts, of: job.max_attempts }, "failed");
      if (!context.retriesLeft) await exhausted?.(payload, error, context);
      throw error;
    }
  };
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
