import { open } from "node:fs/promises";
import { FileError } from "@/lib/media/files/file-error";

/** Bytes that can be read at any place: a file too large for memory, or bytes already there. */
export interface RandomAccess {
  /** For messages. */
  path: string;
  size: number;
  /** @throws FileError when the range goes past the end. */
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Node reads less than 2 GiB at a time. */
const PIECE = 2 ** 30;

/** Opens a file for reading at any place. */
export async function openRandomAccess(path: string): Promise<RandomAccess> {
  const file = await open(path, "r");
  const { size } = await file.stat();
  return {
    path,
    size,
    async read(offset, length) {
      if (offset < 0 || length < 0 || offset + length > size)
        throw new FileError(path, "ends too early (truncated?).");
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length;) {
        const { bytesRead } = await file.read(bytes, done, Math.min(length - done, PIECE), offset + done);
        if (bytesRead === 0) throw new FileError(path, "became shorter while it was read.");
        done += bytesRead;
      }
      return bytes;
    },
    close: () => file.close(),
  };
}

/** The same view of bytes in memory. */
export function memoryAccess(path: string, bytes: Uint8Array): RandomAccess {
  return {
    path,
    size: bytes.length,
    read: async (offset, length) => {
      if (offset < 0 || length < 0 || offset + length > bytes.length) {
        throw new FileError(path, "ends too early (truncated?).");
      }
      return bytes.subarray(offset, offset + length);
    },
    close: async () => {},
  };
}
