import { createDb } from "@/lib/db/client";
import { env } from "@/lib/env";
import { closeScoringTools } from "@/lib/evaluation/scoring-tools";
import { guardedClient } from "@/lib/providers/guarded-client";
import { holdLiveness } from "@/workers/liveness";
import { createLog } from "@/workers/log";
import { runLane } from "@/workers/run-jobs";
import { startSweeps } from "@/workers/sweeps/start-sweeps";

/** Slots for what people wait for, beside WORKER_CONCURRENCY for the rest. */
const PROMPT_SLOTS = 3;
/** Longest an orderly stop may take; a supervisor allows five seconds. What is still locked then is swept up later. */
const STOP_LIMIT_MS = 3_500;

const { databaseUrl, WORKER_CONCURRENCY, LOG_LEVEL } = env();
const log = createLog(LOG_LEVEL);
const db = createDb(databaseUrl, { max: WORKER_CONCURRENCY + PROMPT_SLOTS + 3 });
const client = guardedClient();
const liveness = holdLiveness(databaseUrl, log);
const stopping = new AbortController();
const shared = { db, client, log, signal: stopping.signal };

const sweeps = startSweeps(db, log);
const lanes = await Promise.all([
  runLane("prompt", { databaseUrl, concurrency: PROMPT_SLOTS, liveness }, shared),
  runLane("bulk", { databaseUrl, concurrency: WORKER_CONCURRENCY, liveness }, shared),
]);
log.info({ slots: WORKER_CONCURRENCY + PROMPT_SLOTS }, "working");

async function stop(reason: string): Promise<void> {
  if (stopping.signal.aborted) return;
  log.info({ reason }, "stopping");
  // An exit would wait for what is still held up: native threads, the flush of a stream.
  setTimeout(() => process.kill(process.pid, "SIGKILL"), STOP_LIMIT_MS).unref();
  stopping.abort(new Error("The worker stops."));
  await Promise.allSettled([sweeps.stop(), ...lanes.map((lane) => lane.stop())]);
  await Promise.allSettled([client.close(), liveness.close(), closeScoringTools(), db.$disconnect()]);
  process.exit(0);
}

process.on("SIGTERM", () => void stop("SIGTERM"));
process.on("SIGINT", () => void stop("SIGINT"));
process.on("disconnect", () => void stop("supervisor is gone"));

// A lane ends by itself only when it cannot go on; the supervisor starts the process anew.
Promise.all(lanes.map((lane) => lane.promise)).catch((error: unknown) => {
  if (stopping.signal.aborted) return;
  log.fatal(error, "the queue's worker broke down");
  process.exit(1);
});
