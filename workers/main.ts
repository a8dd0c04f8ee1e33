import { availableParallelism } from "node:os";
import { createDb } from "@/lib/db/client";
import { env } from "@/lib/env";
import { closeScoringTools } from "@/lib/scoring/scoring-tools";
import { guardedClient } from "@/lib/providers/guarded-client";
import { holdLiveness } from "@/workers/liveness";
import { LANES, laneSizes } from "@/workers/lanes";
import { createLog } from "@/workers/log";
import { runLanes } from "@/workers/run-jobs";
import { startSweeps } from "@/workers/sweeps/start-sweeps";

/** Connections for the other lanes, which hold one only while they write down what they have got. */
const CONNECTIONS = 12;
/** Longest an orderly stop may take; a supervisor allows five seconds. What is still locked then is swept up later. */
const STOP_LIMIT_MS = 3_500;

const { databaseUrl, WORKER_CONCURRENCY, REQUESTS_PER_SUBMITTER, LOG_LEVEL } = env();
const computing = WORKER_CONCURRENCY ?? Math.max(2, availableParallelism());
const log = createLog(LOG_LEVEL);
const db = createDb(databaseUrl, { max: computing + CONNECTIONS });
const client = guardedClient();
const liveness = holdLiveness(databaseUrl, log);
const stopping = new AbortController();
const shared = { db, client, log, signal: stopping.signal };

const sweeps = startSweeps(db, log);
const sizes = laneSizes({ computing, share: REQUESTS_PER_SUBMITTER });
const lanes = await runLanes(sizes, { databaseUrl, liveness }, shared);
log.info(Object.fromEntries(LANES.map((lane) => [lane, sizes[lane].slots])), "working");

async function stop(reason: string): Promise<void> {
  if (stopping.signal.aborted) return;
  log.info({ reason }, "stopping");
  // An exit would wait for what is still held up: native threads, the flush of a stream.
  setTimeout(() => process.kill(process.pid, "SIGKILL"), STOP_LIMIT_MS).unref();
  stopping.abort(new Error("The worker stops."));
  await Promise.allSettled([sweeps.stop(), lanes.stop()]);
  await Promise.allSettled([client.close(), liveness.close(), closeScoringTools(), db.$disconnect()]);
  process.exit(0);
}

process.on("SIGTERM", () => void stop("SIGTERM"));
process.on("SIGINT", () => void stop("SIGINT"));
process.on("disconnect", () => void stop("supervisor is gone"));

// A lane ends by itself only when it cannot go on; the supervisor starts the process anew.
lanes.promise.catch((error: unknown) => {
  if (stopping.signal.aborted) return;
  log.fatal(error, "the queue's worker broke down");
  process.exit(1);
});
