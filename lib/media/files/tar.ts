import { FileError } from "@/lib/media/files/file-error";
import type { RandomAccess } from "@/lib/media/files/random-access";

/** A regular file inside a tar archive. */
export interface TarEntry {
  name: string;
  size: number;
  read(): Promise<Uint8Array>;
}

const BLOCK = 512;

/**
 * Regular files of an uncompressed tar archive, in archive order: ustar, pax and GNU long names and sizes.
 * @throws FileError naming the archive when it is damaged, truncated or compressed.
 */
export async function readTar(file: RandomAccess): Promise<TarEntry[]> {
  const entries: TarEntry[] = [];
  let longName: string | null = null;
  let pax: Record<string, string> = {};
  for (let at = 0; at + BLOCK <= file.size;) {
    const header = await file.read(at, BLOCK);
    if (header.every((byte) => byte === 0)) return entries;
    requireChecksum(file.path, header);
    const size = pax.size === undefined ? readNumber(header, 124, 12) : Number(pax.size);
    const kind = String.fromCharCode(header[156]);
    const data = at + BLOCK;
    at = data + Math.ceil(size / BLOCK) * BLOCK;
    if (at > file.size) throw new FileError(file.path, "is a truncated tar archive.");
    if (kind === "L") {
      longName = text(await file.read(data, size));
      continue;
    }
    if (kind === "x") {
      pax = paxRecords(text(await file.read(data, size)));
      continue;
    }
    const prefix = text(header.subarray(345, 500));
    const short = text(header.subarray(0, 100));
    const isUstar = text(header.subarray(257, 262)) === "ustar" && header[262] === 0;
    const name = pax.path ?? longName ?? (isUstar && prefix ? `${prefix}/${short}` : short);
    longName = null;
    pax = {};
    if (kind === "0" || kind === "\0") entries.push({ name, size, read: () => file.read(data, size) });
  }
  // Every archive ends with blocks of zeros: one that does not was cut off, maybe between two files.
  throw new FileError(file.path, "is a truncated tar archive.");
}

function requireChecksum(path: string, header: Uint8Array): void {
  let sum = 0;
  for (let i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? 32 : header[i];
  if (sum !== readNumber(header, 148, 8))
    throw new FileError(path, "is no uncompressed tar archive, or a damaged one.");
}

/** Octal text, or big-endian binary when the first bit is set (GNU). */
function readNumber(header: Uint8Array, at: number, length: number): number {
  if (header[at] & 0x80) {
    let value = header[at] & 0x7f;
    for (let i = 1; i < length; i++) value = value * 256 + header[at + i];
    return value;
  }
  return parseInt(text(header.subarray(at, at + length)).trim() || "0", 8);
}

function text(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

/** "27 path=some/name\n" records. */
function paxRecords(content: string): Record<string, string> {
  const bytes = Buffer.from(content);
  const records: Record<string, string> = {};
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at);
    const length = space < 0 ? 0 : Number(bytes.toString("latin1", at, space));
    if (!(length > 0)) break;
    const record = bytes.toString("utf8", space + 1, at + length - 1);
    const equals = record.indexOf("=");
    records[record.slice(0, equals)] = record.slice(equals + 1);
    at += length;
  }
  return records;
}
