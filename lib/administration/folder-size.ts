import { readdir, stat } from "node:fs/promises";
import path from "node:path";

/**
 * Files below a folder, and their bytes; what goes away meanwhile counts as nothing, and so does a folder that is not there.
 * @throws the signal's reason when aborted
 */
export async function folderSize(
  folder: string,
  signal: AbortSignal,
): Promise<{ count: number; bytes: number }> {
  const sum = { count: 0, bytes: 0 };
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    signal.throwIfAborted();
    const inside = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      const below = await folderSize(inside, signal);
      sum.count += below.count;
      sum.bytes += below.bytes;
    } else if (entry.isFile()) {
      sum.count++;
      sum.bytes += await sizeOf(inside);
    }
  }
  return sum;
}

/** Bytes of a file; 0 for one that is gone. */
export const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );
