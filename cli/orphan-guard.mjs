// A thread of its own, because the main thread may be what hangs: plain JavaScript, so that it starts without a loader.
import { workerData } from "node:worker_threads";

const { parent, graceMs } = workerData;
const watch = setInterval(() => {
  if (process.ppid === parent) return;
  clearInterval(watch);
  setTimeout(endGroup, graceMs);
}, 500);

/** End this process and all that it started in its group. */
function endGroup() {
  try {
    process.kill(-process.pid, "SIGKILL");
  } catch {
    process.kill(process.pid, "SIGKILL"); // it leads no group
  }
}
