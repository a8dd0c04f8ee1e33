import { randomBytes } from "node:crypto";
import { mkdir, rm, statfs, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { artifactFolder } from "@/lib/artifacts/store";
import { env } from "@/lib/env";
import { pausedByDisk } from "@/lib/disk-full";

const MIB = 2 ** 20;
/** Between two looks while nothing can be written. */
const LOOK_EVERY_MS = 2_000;
/** A look is good for so long: many jobs and requests ask at once. */
const FRESH_MS = 1_000;
/** What can be written when the disk is said to have room: no quota, no lack of inodes. */
const PROBE_BYTES = MIB;

/** Bytes free to this process, and all bytes, on the file system where a folder lies, or will lie. */
async function sizeOfDisk(folder: string): Promise<{ freeBytes: number; totalBytes: number }> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch (error) {
    const parent = path.dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || parent === folder) throw error;
    return sizeOfDisk(parent);
  }
}

/** MiB free to this process there. */
const freeMib = async (folder: string) => (await sizeOfDisk(folder)).freeBytes / MIB;

/** The disks that Salon fills, as they stand now on this machine; one that cannot be looked at is left out. */
export async function readDisks() {
  const folders = [
    ["artifacts", artifactFolder()],
    ["data", env().SALON_DATA_DIR],
  ] as const;
  const found = await Promise.all(
    folders.map(async ([folder, at]) => {
      const size = await sizeOfDisk(at).catch(() => null);
      return size === null ? [] : [{ folder, ...size }];
    }),
  );
  return found.flat();
}

let last: { at: number; low: Promise<boolean> } | undefined;

/** Whether the artifact store or the data folder has less than DISK_FREE_MIN_MB free. A folder that cannot be looked at has no room. */
export function isDiskLow(now = performance.now()): Promise<boolean> {
  if (last === undefined || now - last.at > FRESH_MS) last = { at: now, low: look() };
  return last.low;
}

async function look(): Promise<boolean> {
  const least = env().DISK_FREE_MIN_MB;
  if (least === 0) return false;
  const folders = [artifactFolder(), env().SALON_DATA_DIR];
  const free = await Promise.all(folders.map((folder) => freeMib(folder).catch(() => 0)));
  return free.some((mib) => mib < least);
}

/**
 * Take nothing in that would fill the disk further.
 * @throws SalonError unavailable while it is nearly full
 */
export async function requireDiskSpace(): Promise<void> {
  if (await isDiskLow()) throw pausedByDisk();
}

/**
 * Wait until the disk has room.
 * @param options.hasFailed it was full although it seemed to have room: go on only when something has been written
 * @param options.onWait called once, when it has to wait
 * @throws the signal's reason when aborted
 */
export async function waitForDiskSpace(
  signal: AbortSignal,
  { hasFailed = false, onWait }: { hasFailed?: boolean; onWait?: () => void } = {},
): Promise<void> {
  for (let waits = 0; (await isDiskLow()) || (hasFailed && !(await canWrite())); waits++) {
    if (waits === 0) onWait?.();
    await wait(LOOK_EVERY_MS, undefined, { signal });
  }
}

async function canWrite(): Promise<boolean> {
  const file = path.join(artifactFolder(), `${randomBytes(6).toString("hex")}.probe`);
  try {
    await mkdir(artifactFolder(), { recursive: true });
    await writeFile(file, Buffer.alloc(PROBE_BYTES, 1), { flush: true });
    return true;
  } catch {
    return false;
  } finally {
    await rm(file, { force: true });
  }
}
