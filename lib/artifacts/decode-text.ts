import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { SalonError } from "@/lib/errors";

/** Bytes that decide what a file is. */
const ENOUGH = 8;

/**
 * Text of a file that people call text: UTF-8 or, with a byte-order mark, UTF-16; gzip is unpacked. What is something else is refused
 * by a sentence that says what it is.
 * @throws SalonError invalid_request
 */
export async function* decodeText(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const { head, all } = await peek(bytes);
  if (head[0] === 0x1f && head[1] === 0x8b) {
    yield* decodeText(gunzip(all));
    return;
  }
  refuse(head);
  const encoding =
    head[0] === 0xff && head[1] === 0xfe
      ? "utf-16le"
      : head[0] === 0xfe && head[1] === 0xff
        ? "utf-16be"
        : "utf-8";
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decode = (piece?: Uint8Array) => {
    try {
      return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
    } catch (cause) {
      throw new SalonError(
        "invalid_request",
        "The file is not text in UTF-8, nor in UTF-16 with a byte-order mark.",
        {
          cause,
        },
      );
    }
  };
  for await (const piece of all) yield decode(piece);
  yield decode();
}

function refuse(head: Uint8Array): void {
  const starts = (...signature: number[]) => signature.every((byte, i) => head[i] === byte);
  const kind = starts(0x50, 0x41, 0x52, 0x31)
    ? "a Parquet file: save it as CSV or JSON lines first"
    : starts(0x50, 0x4b, 3, 4)
      ? "a zip archive or a spreadsheet: unpack it, or save it as CSV, first"
      : starts(0x28, 0xb5, 0x2f, 0xfd)
        ? "compressed with zstd: unpack it first"
        : starts(0x42, 0x5a, 0x68)
          ? "compressed with bzip2: unpack it first"
          : starts(0xfd, 0x37, 0x7a, 0x58, 0x5a)
            ? "compressed with xz: unpack it first"
            : (head[0] === 0 || head[1] === 0) && head.length > 1
              ? "in UTF-16 or UTF-32 without a byte-order mark, or no text: save it as UTF-8 first"
              : null;
  if (kind !== null) throw new SalonError("invalid_request", `The file is ${kind}.`);
}

async function* gunzip(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const unpacked = createGunzip();
  const source = Readable.from(bytes);
  source.on("error", (error) => unpacked.destroy(error));
  try {
    for await (const piece of source.pipe(unpacked)) yield piece as Uint8Array;
  } catch (cause) {
    throw cause instanceof Error && "errno" in cause && !("syscall" in cause)
      ? new SalonError("invalid_request", "The file is gzip that is damaged or cut off.", { cause })
      : cause;
  }
}

/** The first bytes, and all of them again. */
async function peek(
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ head: Uint8Array; all: AsyncIterable<Uint8Array> }> {
  const source = bytes[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let size = 0;
  while (size < ENOUGH) {
    const { value, done } = await source.next();
    if (done === true) break;
    first.push(value);
    size += value.length;
  }
  async function* all() {
    try {
      yield* first;
      for (;;) {
        const { value, done } = await source.next();
        if (done === true) return;
        yield value;
      }
    } finally {
      await source.return?.();
    }
  }
  return { head: Buffer.concat(first).subarray(0, ENOUGH), all: all() };
}
