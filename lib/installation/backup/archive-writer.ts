import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { pack } from "tar-stream";
import { MANIFEST, MANIFEST_HASH, type Manifest, type Member } from "@/lib/installation/backup/manifest";

/** Writes one archive. Nothing is held but the member being written. */
export interface ArchiveWriter {
  /** One more member; with `listed`, it goes into the manifest. */
  add(name: string, bytes: Buffer, options?: { listed: boolean }): Promise<void>;
}

const sha256Of = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

/**
 * Write an archive, readable by its owner alone, beside its place and rename it there once it is whole and on disk.
 * @param work adds the members and returns the manifest but for its list of them
 */
export async function writeArchive(
  file: string,
  work: (writer: ArchiveWriter) => Promise<Omit<Manifest, "members">>,
): Promise<Manifest> {
  const draft = `${file}.part`;
  // One that a killed backup left; only one is written at a time.
  await rm(draft, { force: true });
  const tar = pack();
  const written = pipeline(tar, createWriteStream(draft, { flags: "wx", mode: 0o600 }));
  // A full disk breaks the file's stream, and the member that is being added never hears of it.
  let failure: unknown;
  let interrupt = (_: unknown) => {};
  written.catch((error: unknown) => interrupt((failure = error)));
  try {
    const members: Member[] = [];
    const mtime = new Date();
    const put = (name: string, bytes: Buffer) =>
      new Promise<void>((resolve, reject) => {
        interrupt = reject;
        if (failure !== undefined) return reject(failure);
        const settle = (error?: Error | null) => (error ? reject(error) : resolve());
        tar.entry({ name, mtime, mode: 0o600 }, bytes, settle).on("error", reject);
      });
    const body = await work({
      async add(name, bytes, { listed } = { listed: true }) {
        await put(name, bytes);
        if (listed) members.push({ name, bytes: bytes.length, sha256: sha256Of(bytes) });
      },
    });
    const manifest = { ...body, members };
    const text = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);
    await put(MANIFEST, text);
    await put(MANIFEST_HASH, Buffer.from(`${sha256Of(text)}  ${MANIFEST}\n`));
    tar.finalize();
    await written;
    await syncToDisk(draft);
    await rename(draft, file);
    await syncToDisk(path.dirname(file)); // a rename is on disk once its folder is
    return manifest;
  } catch (error) {
    tar.destroy();
    await written.catch(() => {});
    await rm(draft, { force: true });
    throw error;
  }
}

async function syncToDisk(fileOrFolder: string): Promise<void> {
  const handle = await open(fileOrFolder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
