import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { env } from "@/lib/env";
import { SalonError } from "@/lib/errors";

/** The folder of uploads that a job has not read yet. */
export const uploadFolder = () => path.join(env().SALON_DATA_DIR, "uploads");

const DAY_MS = 24 * 3600_000;
/** A draft that stands still for a day was broken off; a whole file that nobody took within a week never will be. */
const staleAfter = (name: string) => (name.endsWith(".part") ? DAY_MS : 7 * DAY_MS);

/**
 * Write a request's body to a file of its own as it arrives, never holding more than a chunk of it.
 * @param suffix of the file's name, such as ".zip"
 * @returns the file's path
 * @throws SalonError too_large as soon as more than `maxBytes` came; invalid_request when nothing did, or it broke off
 */
export async function receiveUpload(
  body: ReadableStream<Uint8Array> | null,
  { maxBytes, suffix, folder = uploadFolder() }: { maxBytes: number; suffix: string; folder?: string },
): Promise<string> {
  await mkdir(folder, { recursive: true });
  await removeStale(folder);
  const target = path.join(folder, `${randomBytes(12).toString("hex")}${suffix}`);
  const draft = `${target}.part`;
  try {
    const file = await open(draft, "wx");
    try {
      const bytes = await copy(body, maxBytes, (chunk) => file.write(chunk));
      if (bytes === 0) throw new SalonError("invalid_request", "The upload is empty.");
      await file.sync(); // the row that names the file must never outlive it in a power cut
    } finally {
      await file.close();
    }
    await rename(draft, target);
    return target;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function copy(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
  write: (chunk: Uint8Array) => Promise<unknown>,
): Promise<number> {
  const reader = body?.getReader();
  let bytes = 0;
  for (;;) {
    const chunk = await reader?.read().catch((cause: unknown) => {
      throw new SalonError("invalid_request", "The upload broke off before its end.", { cause });
    });
    if (!chunk || chunk.done) return bytes;
    bytes += chunk.value.byteLength;
    if (bytes > maxBytes) {
      await reader?.cancel().catch(() => {});
      throw new SalonError(
        "too_large",
        `The file is larger than ${Math.floor(maxBytes / 2 ** 20)} MiB, the most this site takes. Its operator can add larger ones with \`salon references add\`.`,
      );
    }
    await write(chunk.value);
  }
}

async function removeStale(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    const age = await stat(file).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > staleAfter(name)) await rm(file, { force: true });
  }
}
