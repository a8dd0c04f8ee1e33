import type { Logger } from "pino";
import type { Db } from "@/lib/db/client";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import type { JobName, JobPayload } from "@/lib/queue/jobs";

/** What every job is given beside its payload. */
export interface JobContext {
  db: Db;
  client: GuardedClient;
  log: Logger;
  /** Aborted when the worker stops: the job is queued again as it was. */
  signal: AbortSignal;
  /** Whether the queue tries the job again if it fails now. */
  retriesLeft: boolean;
}

export type Handler<N extends JobName> = (payload: JobPayload<N>, context: JobContext) => Promise<void>;

/** What happens when a job has failed for the last time. */
export type ExhaustedHandler<N extends JobName> = (
  payload: JobPayload<N>,
  error: unknown,
  context: JobContext,
) => Promise<void>;
