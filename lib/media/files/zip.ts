import { crc32, inflateRawSync } from "node:zlib";
import { FileError } from "@/lib/media/files/file-error";
import type { RandomAccess } from "@/lib/media/files/random-access";

/** A file inside a zip archive. */
export interface ZipEntry {
  name: string;
  size: number;
  /** Position of its uncompressed bytes in the archive when it is stored as it is; null when compressed. */
  storedAt: number | null;
  read(): Promise<Uint8Array>;
}

const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

/**
 * Files of a zip archive, in the order of its directory (APPNOTE 6.3.10): stored or deflated, zip64 included.
 * Nothing is written anywhere, sizes are checked against what unpacks, and CRCs are verified.
 * @throws FileError naming the archive when it is damaged, encrypted or compressed in another way.
 */
export async function readZip(file: RandomAccess, { maxEntryBytes = 2 ** 31 - 1 } = {}): Promise<ZipEntry[]> {
  const { offset, length, count } = await findDirectory(file);
  const directory = await file.read(offset, length);
  const view = viewOf(directory);
  const entries: ZipEntry[] = [];
  for (let at = 0, i = 0; i < count; i++) {
    if (at + 46 > length || view.getUint32(at, true) !== CENTRAL)
      throw new FileError(file.path, "damaged zip directory.");
    const flags = view.getUint16(at + 8, true);
    const method = view.getUint16(at + 10, true);
    const crc = view.getUint32(at + 16, true);
    let packed = view.getUint32(at + 20, true);
    let size = view.getUint32(at + 24, true);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) =>
      view.getUint16(at + field, true),
    );
    let local = view.getUint32(at + 42, true);
    const name = new TextDecoder().decode(directory.subarray(at + 46, at + 46 + nameLength));
    const extraEnd = at + 46 + nameLength + extraLength;
    for (let e = at + 46 + nameLength; e + 4 <= extraEnd;) {
      const [id, extra] = [view.getUint16(e, true), view.getUint16(e + 2, true)];
      if (id === 1) {
        let field = e + 4;
        const wide = (value: number) => {
          if (value !== 0xffffffff) return value;
          field += 8;
          return Number(view.getBigUint64(field - 8, true));
        };
        size = wide(size);
        packed = wide(packed);
        local = wide(local);
      }
      e += 4 + extra;
    }
    at = extraEnd + commentLength;
    if (name.endsWith("/")) continue;
    if (flags & 1) throw new FileError(file.path, `${name} is encrypted.`);
    if (method !== 0 && method !== 8)
      throw new FileError(
        file.path,
        `${name} is compressed by method ${method}; only stored and deflate are read.`,
      );
    if (size > maxEntryBytes) throw new FileError(file.path, `${name} would unpack to ${size} bytes.`);
    const start = async () => {
      const header = viewOf(await file.read(local, 30));
      if (header.getUint32(0, true) !== LOCAL) throw new FileError(file.path, `${name} is damaged.`);
      return local + 30 + header.getUint16(26, true) + header.getUint16(28, true);
    };
    entries.push({
      name,
      size,
      storedAt: method === 0 ? await start() : null,
      async read() {
        const bytes = await file.read(await start(), packed);
        const data = method === 0 ? bytes : inflate(file.path, name, bytes, size);
        if (data.length !== size || crc32(data) !== crc)
          throw new FileError(file.path, `${name} is damaged.`);
        return data;
      },
    });
  }
  return entries;
}

function inflate(path: string, name: string, bytes: Uint8Array, size: number): Uint8Array {
  try {
    return inflateRawSync(bytes, { maxOutputLength: Math.max(1, size) });
  } catch (error) {
    throw new FileError(path, `${name} is damaged.`, { cause: error });
  }
}

async function findDirectory(file: RandomAccess): Promise<{ offset: number; length: number; count: number }> {
  const tailLength = Math.min(file.size, 22 + 65_535);
  const tailStart = file.size - tailLength;
  const tail = viewOf(await file.read(tailStart, tailLength));
  let end = tailLength - 22;
  while (end >= 0 && tail.getUint32(end, true) !== END) end--;
  if (end < 0) throw new FileError(file.path, "is no zip archive, or a truncated one.");
  let count = tail.getUint16(end + 10, true);
  let length = tail.getUint32(end + 12, true);
  let offset = tail.getUint32(end + 16, true);
  if (end >= 20 && tail.getUint32(end - 20, true) === LOCATOR64) {
    const record = viewOf(await file.read(Number(tail.getBigUint64(end - 12, true)), 56));
    if (record.getUint32(0, true) !== END64) throw new FileError(file.path, "damaged zip64 directory.");
    count = Number(record.getBigUint64(32, true));
    length = Number(record.getBigUint64(40, true));
    offset = Number(record.getBigUint64(48, true));
  }
  if (offset + length > file.size) throw new FileError(file.path, "is a truncated zip archive.");
  return { offset, length, count };
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** A zip archive of stored (uncompressed) files; for archives below 4 GiB. */
export function writeZip(files: { name: string; bytes: Uint8Array }[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    const encoded = new TextEncoder().encode(name);
    const common = (header: DataView, at: number) => {
      header.setUint16(at, 20, true);
      header.setUint32(at + 10, crc32(bytes), true);
      header.setUint32(at + 14, bytes.length, true);
      header.setUint32(at + 18, bytes.length, true);
      header.setUint16(at + 22, encoded.length, true);
      // 1980-01-01: the earliest date the format knows, so that the same content gives the same archive.
      header.setUint16(at + 8, 0x21, true);
    };
    const local = new Uint8Array(30 + encoded.length);
    viewOf(local).setUint32(0, LOCAL, true);
    common(viewOf(local), 4);
    local.set(encoded, 30);
    const central = new Uint8Array(46 + encoded.length);
    viewOf(central).setUint32(0, CENTRAL, true);
    viewOf(central).setUint16(4, 20, true);
    common(viewOf(central), 6);
    viewOf(central).setUint32(42, offset, true);
    central.set(encoded, 46);
    parts.push(local, bytes);
    directory.push(central);
    offset += local.length + bytes.length;
  }
  const length = directory.reduce((sum, { length }) => sum + length, 0);
  const end = new Uint8Array(22);
  const view = viewOf(end);
  view.setUint32(0, END, true);
  view.setUint16(8, files.length, true);
  view.setUint16(10, files.length, true);
  view.setUint32(12, length, true);
  view.setUint32(16, offset, true);
  return Buffer.concat([...parts, ...directory, end]);
}
