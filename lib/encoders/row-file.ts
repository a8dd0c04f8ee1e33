import { open, readFile, rename, rm, stat } from "node:fs/promises";
import { FileError } from "@/lib/media/files/file-error";
import { npyHeader } from "@/lib/encoders/files/npy";

/** An [n, d] float32 .npy file that is being written, resumably. */
export interface RowFile {
  /** Whole rows that an earlier run of the same key has written already. */
  from: number;
  /** Writes whole rows from row `start` on. */
  write(start: number, rows: Float32Array): Promise<void>;
  /** Gives the file its name: it appears whole, at once. */
  finish(): Promise<void>;
  /** Leaves nothing of it. */
  discard(): Promise<void>;
  /** Closes it as it is: a later run goes on from there. */
  close(): Promise<void>;
}

/**
 * Opens `<out>.part`, which becomes `out` when it is finished, and `<out>.part.key`, which says whose rows they are.
 * @param key everything that the rows depend on: rows of an earlier run are taken over only under the same one
 * @throws FileError when it cannot be written
 */
export async function openRowFile(
  out: string,
  { n, dimension, key }: { n: number; dimension: number; key: string },
): Promise<RowFile> {
  const part = `${out}.part`;
  const journal = `${out}.part.key`;
  const header = npyHeader([n, dimension], "<f4");
  const rowBytes = 4 * dimension;
  const known = await readFile(journal, "utf8").catch(() => null);
  const written = await stat(part).then(
    ({ size }) => Math.max(0, Math.floor((size - header.length) / rowBytes)),
    () => 0,
  );
  const from = known === key ? Math.min(written, n) : 0;
  const file = await open(part, from > 0 ? "r+" : "w").catch((error: unknown) => {
    throw new FileError(out, "cannot be written.", { cause: error });
  });
  if (from === 0) {
    await file.write(header, 0, header.length, 0);
    // The key comes after the file it speaks of was emptied: old rows are never taken for new ones.
    await writeDurably(journal, key);
  }
  return {
    from,
    async write(start, { buffer, byteOffset, byteLength }) {
      const bytes = new Uint8Array(buffer, byteOffset, byteLength);
      await file.write(bytes, 0, byteLength, header.length + start * rowBytes);
    },
    async finish() {
      await file.truncate(header.length + n * rowBytes);
      await file.sync();
      await rename(part, out);
      await rm(journal, { force: true });
    },
    async discard() {
      await Promise.all([part, journal].map((name) => rm(name, { force: true })));
    },
    close: () => file.close(),
  };
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, "w");
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
