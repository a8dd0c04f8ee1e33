// Imported in front of a program that is not ours (`node --import`): it ends soon after the process that started it.
import { isMainThread, Worker } from "node:worker_threads";

if (isMainThread) {
  new Worker(new URL("./orphan-guard.mjs", import.meta.url), {
    execArgv: [],
    workerData: { parent: process.ppid, graceMs: 2_000 },
  }).unref();
}
