import { crc32, inflateRawSync } from "node:zlib";
import { zipSync } from "fflate";
import { fromRandomAccessReaderPromise, RandomAccessReader, type Entry } from "yauzl";
import { FileError } from "@/lib/media/files/file-error";
import type { RandomAccess } from "@/lib/media/files/random-access";

/** A file inside a zip archive. */
export interface ZipEntry {
  name: string;
  size: number;
  read(): Promise<Uint8Array>;
}

const [STORED, DEFLATED] = [0, 8];
/** The directory is read in pieces of this size, not field by field. */
const READ_AHEAD = 64 * 1024;

/**
 * Files of a zip archive, in the order of its directory: stored or deflated, zip64 included. Names are read as UTF-8,
 * also where the archive does not say so, and never become paths.
 * Nothing is written anywhere, sizes are checked against what unpacks, and CRCs are verified.
 * @throws FileError naming the archive when it is damaged, encrypted or compressed in another way.
 */
export async function readZip(file: RandomAccess, { maxEntryBytes = 2 ** 31 - 1 } = {}): Promise<ZipEntry[]> {
  const reader = new FileReader(file, READ_AHEAD);
  const zip = await fromRandomAccessReaderPromise(reader, file.size, {
    autoClose: false,
    decodeStrings: false,
  }).catch((error: unknown) => {
    throw asFileError(error, file.path, "is no zip archive, or a truncated one.");
  });
  const startOf = async (entry: Entry) =>
    (await zip.readLocalFileHeaderPromise(entry, { minimal: true })).fileDataStart;
  const entries: ZipEntry[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileNameRaw.toString("utf8");
      if (name.endsWith("/")) continue;
      requireReadable(entry, name, maxEntryBytes, file.path);
      entries.push({
        name,
        size: entry.uncompressedSize,
        read: async () => {
          try {
            return unpack(entry, await file.read(await startOf(entry), entry.compressedSize));
          } catch (error) {
            throw asFileError(error, file.path, `${name} is damaged.`);
          }
        },
      });
    }
  } catch (error) {
    throw asFileError(error, file.path, "is a truncated zip archive, or a damaged one.");
  }
  reader.readAhead = 0;
  return entries;
}

/** Serves yauzl from what is open already. */
class FileReader extends RandomAccessReader {
  private window: { offset: number; bytes: Uint8Array } = { offset: 0, bytes: new Uint8Array(0) };

  constructor(
    private readonly file: RandomAccess,
    public readAhead: number,
  ) {
    super();
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.bytesAt(position, length).then(
      (bytes) => {
        buffer.set(bytes, offset);
        callback(null, length);
      },
      (error: Error) => callback(error),
    );
  }

  private async bytesAt(position: number, length: number): Promise<Uint8Array> {
    const at = position - this.window.offset;
    if (at < 0 || at + length > this.window.bytes.length) {
      const ahead = Math.max(length, Math.min(this.readAhead, this.file.size - position));
      const bytes = await this.file.read(position, ahead);
      if (ahead === length) return bytes;
      this.window = { offset: position, bytes };
      return bytes.subarray(0, length);
    }
    return this.window.bytes.subarray(at, at + length);
  }
}

function requireReadable(entry: Entry, name: string, maxEntryBytes: number, path: string): void {
  const { compressionMethod, uncompressedSize } = entry;
  if (entry.isEncrypted()) throw new FileError(path, `${name} is encrypted.`);
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED)
    throw new FileError(
      path,
      `${name} is compressed by method ${compressionMethod}; only stored and deflate are read.`,
    );
  if (uncompressedSize > maxEntryBytes)
    throw new FileError(path, `${name} would unpack to ${uncompressedSize} bytes.`);
}

/** Never unpacks more than the directory promises. */
function unpack({ compressionMethod, uncompressedSize, crc32: crc }: Entry, packed: Uint8Array): Uint8Array {
  const bytes =
    compressionMethod === STORED
      ? packed
      : inflateRawSync(packed, { maxOutputLength: Math.max(1, uncompressedSize) });
  if (bytes.length !== uncompressedSize || crc32(bytes) !== crc)
    throw new Error("The bytes are not those that the directory describes.");
  return bytes;
}

function asFileError(error: unknown, path: string, problem: string): FileError {
  return error instanceof FileError ? error : new FileError(path, problem, { cause: error });
}

/** 1980-01-01: the earliest date the format knows, so that the same content gives the same archive. */
const EPOCH = new Date(1980, 0, 1);

/** A zip archive of stored (uncompressed) files, each under a name of its own; for fewer than 65,536 files and below 4 GiB. */
export function writeZip(files: { name: string; bytes: Uint8Array }[]): Uint8Array {
  return zipSync(Object.fromEntries(files.map(({ name, bytes }) => [name, bytes])), {
    level: 0,
    mtime: EPOCH,
  });
}
