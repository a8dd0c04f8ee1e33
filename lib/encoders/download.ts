import { mkdir, open, rename, stat } from "node:fs/promises";
import path from "node:path";
import { fetch } from "undici";
import { FileError } from "@/lib/media/files/file-error";

export interface DownloadOptions {
  onProgress?: (done: number, total: number | null) => void;
  signal?: AbortSignal;
  /** Give up when nothing arrives for so long. */
  idleMs?: number;
}

/**
 * Downloads a file, resumably: bytes go to `<to>.part`, and a later call asks only for the rest. A server that
 * ignores the range starts over. The file appears under its name when it is complete; its hash is the caller's to check.
 * @throws FileError naming the URL when the server refuses, stalls or breaks off
 */
export async function download(url: string, to: string, options: DownloadOptions = {}): Promise<void> {
  const { onProgress, signal, idleMs = 30_000 } = options;
  await mkdir(path.dirname(to), { recursive: true });
  const part = `${to}.part`;
  const have = await stat(part).then(
    ({ size }) => size,
    () => 0,
  );
  const idle = new AbortController();
  let timer = setTimeout(() => idle.abort(), idleMs);
  try {
    const response = await fetch(url, {
      headers: { "accept-encoding": "identity", ...(have > 0 ? { range: `bytes=${have}-` } : {}) },
      signal: signal ? AbortSignal.any([signal, idle.signal]) : idle.signal,
    });
    // 416: nothing is left to ask for, so what is there is the whole file.
    if (response.status !== 416) {
      if (!response.ok || !response.body) throw new FileError(url, `answered ${response.status}.`);
      const resumed = response.status === 206;
      const length = Number(response.headers.get("content-length"));
      const start = resumed ? have : 0;
      const total = length > 0 ? start + length : null;
      const file = await open(part, resumed ? "a" : "w");
      let done = start;
      try {
        for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
          await file.write(chunk);
          done += chunk.length;
          onProgress?.(done, total);
          clearTimeout(timer);
          timer = setTimeout(() => idle.abort(), idleMs);
        }
        await file.sync();
      } finally {
        await file.close();
      }
      if (total !== null && done !== total)
        throw new FileError(url, `broke off after ${done} of ${total} bytes; run it again to go on.`);
    }
    await rename(part, to);
  } catch (error) {
    if (error instanceof FileError || signal?.aborted) throw error;
    const reason = idle.signal.aborted
      ? `sent nothing for ${idleMs / 1000} s`
      : `could not be fetched (${reasonOf(error)})`;
    throw new FileError(url, `${reason}; run it again to go on, or give the file with --from.`, {
      cause: error,
    });
  } finally {
    clearTimeout(timer);
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
