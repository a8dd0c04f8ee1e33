import { Worker } from "node:worker_threads";

/** Longest an orderly stop may take once the supervisor is gone, and the process is ended. */
const ORPHAN_GRACE_MS = 4_000;
/** Longest an orderly stop may take when somebody asked for it; a supervisor ends the process sooner. */
const STOP_LIMIT_MS = 10_000;

/**
 * What every long-running process of Salon has in common: it tells its supervisor when it is ready, and it stops
 * on SIGTERM, on SIGINT and when the supervisor is gone.
 */
export function announceReady(): void {
  process.send?.("ready");
}

/** End this process and its group soon after its supervisor is gone, whatever its main thread does. Without a supervisor: nothing. */
export function endWithSupervisor(): void {
  if (process.send === undefined) return;
  new Worker(new URL("./orphan-guard.mjs", import.meta.url), {
    execArgv: [],
    workerData: { parent: process.ppid, graceMs: ORPHAN_GRACE_MS },
  }).unref();
}

/** Run `stop` once, on the first reason to stop, then exit; a stop that hangs ends in SIGKILL. */
export function onStop(stop: () => Promise<unknown>): void {
  let stopping = false;
  const once = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.kill(process.pid, "SIGKILL"), STOP_LIMIT_MS).unref();
    void stop()
      .catch((error: unknown) => console.error(error))
      .finally(() => process.exit(0));
  };
  process.on("SIGTERM", once);
  process.on("SIGINT", once);
  process.on("disconnect", once);
}
