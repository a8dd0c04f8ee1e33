import { readFile, readdir, readlink, realpath, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { SalonError } from "@/lib/errors";

/** Sessions of a server that was killed end by themselves, unless they compute; after this long they are ended. */
const ORPHANS_MAY_LIVE_MS = 2_000;

/**
 * Clear a database's folder of what a killed server left in it, so that another may open it.
 * @throws SalonError "conflict" when a live server has it open
 */
export async function clearLeftovers(dataDir: string): Promise<void> {
  const lock = path.join(dataDir, "postmaster.pid");
  const server = Number.parseInt(await readFile(lock, "utf8").catch(() => ""), 10);
  if (!Number.isInteger(server)) return;
  const deadline = Date.now() + ORPHANS_MAY_LIVE_MS;
  for (;;) {
    const open = await serverProcesses(dataDir);
    if (open === null) return; // no /proc: PostgreSQL's own checks must do
    if (open.includes(server)) {
      throw new SalonError(
        "conflict",
        `The database in ${dataDir} is already open (PostgreSQL, process ${server}). Stop the other Salon, or set SALON_DATA_DIR.`,
      );
    }
    if (open.length === 0) break;
    if (Date.now() > deadline) for (const pid of open) kill(pid);
    await sleep(100);
  }
  // Nothing has the folder open. PostgreSQL itself would take any process of that number for its server, and refuse.
  await rm(lock, { force: true });
}

/** PostgreSQL's processes that have a folder open: all of them work in it. Null where the system does not tell. */
async function serverProcesses(dataDir: string): Promise<number[] | null> {
  const names = await readdir("/proc").catch(() => null);
  if (names === null) return null;
  const folder = await realpath(dataDir);
  const found: number[] = [];
  for (const pid of names.map(Number).filter(Number.isInteger)) {
    const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => null);
    if (cwd !== folder) continue;
    const name = await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "");
    if (name.startsWith("postgres")) found.push(pid);
  }
  return found;
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // it has ended meanwhile
  }
}
