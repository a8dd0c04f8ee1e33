const BLOCK = 512;

/** A file and its path in the archive. */
export interface PackedFile {
  path: string;
  file: Blob;
}

/**
 * A plain tar archive of files as a Blob that refers to them: nothing is read into memory before it is sent, its length is known, and
 * the same files make the same bytes, so that an upload that broke off can go on. Long and non-ASCII names are pax records.
 */
export function tarOf(files: readonly PackedFile[]): Blob {
  const parts: BlobPart[] = [];
  for (const { path, file } of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const name = new TextEncoder().encode(path);
    // ustar's field is short, and its encoding nobody's; what reads pax takes the record.
    const isPlain = name.length <= 100 && /^[\x20-\x7e]*$/.test(path);
    const size = file.size < 8 ** 11 ? null : file.size;
    if (!isPlain || size !== null) {
      const records = paxRecord("path", path) + (size === null ? "" : paxRecord("size", String(size)));
      const bytes = new TextEncoder().encode(records);
      parts.push(header("pax", bytes.length, "x"), bytes, padding(bytes.length));
    }
    parts.push(header(isPlain ? path : "file", size === null ? file.size : 0, "0"), file, padding(file.size));
  }
  parts.push(new Uint8Array(2 * BLOCK));
  return new Blob(parts);
}

function padding(size: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array((BLOCK - (size % BLOCK)) % BLOCK);
}

function header(name: string, size: number, kind: "0" | "x"): Uint8Array<ArrayBuffer> {
  const block = new Uint8Array(BLOCK);
  const write = (at: number, text: string) => block.set(new TextEncoder().encode(text), at);
  const octal = (value: number, width: number) => value.toString(8).padStart(width - 1, "0");
  write(0, name);
  write(100, octal(0o644, 8));
  write(108, octal(0, 8));
  write(116, octal(0, 8));
  write(124, octal(size, 12));
  write(136, octal(0, 12));
  write(148, " ".repeat(8));
  write(156, kind);
  write(257, "ustar\0" + "00");
  const sum = block.reduce((total, byte) => total + byte, 0);
  write(148, `${octal(sum, 7)}\0 `);
  return block;
}

/** "27 path=some/name\n": a record begins with its own length in bytes. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const bytes = new TextEncoder().encode(rest).length;
  let length = bytes + 1;
  while (String(length).length + bytes !== length) length = String(length).length + bytes;
  return `${length}${rest}`;
}
