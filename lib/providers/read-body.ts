import type { Readable, Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { OutboundError } from "@/lib/providers/outbound-error";

/** Takes the bytes of an answer as they come, so that no more is held than is needed. */
export interface BodyReader<T> {
  /** Most bytes, after any decompression. */
  readonly maxBytes: number;
  /** Take the next bytes. @returns whether the rest is not wanted */
  push(chunk: Buffer): boolean;
  end(): T;
}

const DECODERS: Record<string, () => Transform> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** What all answers that are being read may hold together, after decompression: a few of the largest images. */
const HELD_BYTES = 256e6;

/** The answers that are being read, and how much each holds. */
const reading = new Set<{ bytes: number; giveUp: (reason: OutboundError) => void }>();
let held = 0;

/** Count bytes that one answer holds; when all hold too many together, the one that holds most gives up. */
function hold(answer: { bytes: number }, bytes: number): void {
  answer.bytes += bytes;
  held += bytes;
  if (held <= HELD_BYTES) return;
  const [largest] = [...reading].sort((a, b) => b.bytes - a.bytes);
  largest.giveUp(
    new OutboundError(
      "BUSY",
      "Too many large answers came in at once, and this was the largest: try again in a minute.",
    ),
  );
}

/**
 * Read an answer. Counts what comes out of the decoder: 194 kB of gzip can be 200 MB.
 * @throws OutboundError TOO_LARGE, BUSY, ENCODING, and what the reader throws
 */
export async function readBody<T>(
  body: Readable,
  encoding: string | undefined,
  reader: BodyReader<T>,
): Promise<T> {
  let decoded: Readable = body;
  if (encoding !== undefined && encoding.toLowerCase() !== "identity") {
    const decoder = DECODERS[encoding.toLowerCase()]?.();
    if (decoder === undefined) {
      body.on("error", () => {}).destroy();
      throw new OutboundError("ENCODING", `The answer is compressed as '${encoding.slice(0, 40)}'.`);
    }
    body.on("error", (error) => decoder.destroy(error));
    decoded = body.pipe(decoder);
  }
  const answer = { bytes: 0, giveUp: (reason: OutboundError) => void decoded.destroy(reason) };
  reading.add(answer);
  try {
    for await (const chunk of decoded) {
      hold(answer, (chunk as Buffer).length);
      if (answer.bytes > reader.maxBytes) throw tooLarge(reader.maxBytes);
      if (reader.push(chunk as Buffer)) break;
    }
  } finally {
    reading.delete(answer);
    held -= answer.bytes;
    body.on("error", () => {}).destroy();
  }
  return reader.end();
}

export function tooLarge(maxBytes: number): OutboundError {
  const size = maxBytes < 1e6 ? `${Math.round(maxBytes / 1e3)} kB` : `${Math.round(maxBytes / 1e6)} MB`;
  return new OutboundError("TOO_LARGE", `The answer is larger than ${size}.`);
}

/** All bytes of an answer. */
export function wholeBody(maxBytes: number): BodyReader<Buffer> {
  const chunks: Buffer[] = [];
  return {
    maxBytes,
    push: (chunk) => chunks.push(chunk) < 0,
    end: () => Buffer.concat(chunks),
  };
}

/** The first bytes of an answer, however long it is: enough to say what an error was. */
export function headOfBody(bytes: number): BodyReader<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  return {
    maxBytes: Infinity,
    push: (chunk) => {
      chunks.push(chunk);
      length += chunk.length;
      return length >= bytes;
    },
    end: () => Buffer.concat(chunks).subarray(0, bytes),
  };
}
