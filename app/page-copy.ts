import { promisify } from "node:util";
import { constants, crc32, deflateRaw } from "node:zlib";

/** A page as it was rendered once: its headers with the nonce it had, and what stands between the places where the nonce stood. */
export type PageCopy = { nonce: string; headers: Headers; pieces: Piece[] };
export type Headers = [name: string, value: string | string[]][];
type Piece = { plain: Buffer; deflated: Buffer };

const compress = promisify(deflateRaw);
/** RFC 1952: a gzip member without name or time, of an unknown system. */
const GZIP_HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
/** RFC 1951: an empty last block. */
const END = Buffer.from([0x03, 0x00]);

/** Take a page apart at its nonce, and compress each piece once and for all answers. */
export async function takeApart(html: Buffer, nonce: string, headers: Headers): Promise<PageCopy> {
  const parts = html.toString("utf8").split(nonce);
  const pieces = parts.map(async (part) => {
    const plain = Buffer.from(part);
    // Ends at a byte, so that the next piece may follow.
    return { plain, deflated: await compress(plain, { finishFlush: constants.Z_SYNC_FLUSH }) };
  });
  return { nonce, headers, pieces: await Promise.all(pieces) };
}

/** The page with another nonce, as it stands. */
export const putTogether = ({ pieces }: PageCopy, nonce: string): Buffer =>
  Buffer.concat(
    between(
      pieces.map(({ plain }) => plain),
      Buffer.from(nonce),
    ),
  );

/** The same as one gzip stream: the pieces as they were compressed, the nonces as they are. */
export function putTogetherGzipped({ pieces }: PageCopy, nonce: string): Buffer {
  const text = Buffer.from(nonce);
  const plain = between(
    pieces.map((piece) => piece.plain),
    text,
  );
  const blocks = between(
    pieces.map((piece) => piece.deflated),
    storedBlock(text),
  );
  const trailer = Buffer.alloc(8);
  // Node.js 20 takes the sum over no bytes for 0, whatever it was before.
  const parts = plain.filter(({ length }) => length > 0);
  trailer.writeUInt32LE(
    parts.reduce((crc, part) => crc32(part, crc), 0),
    0,
  );
  trailer.writeUInt32LE(plain.reduce((sum, { length }) => sum + length, 0) % 2 ** 32, 4);
  return Buffer.concat([GZIP_HEADER, ...blocks, END, trailer]);
}

/** How many bytes a copy takes in memory. */
export const sizeOfCopy = ({ pieces }: PageCopy): number =>
  pieces.reduce((sum, { plain, deflated }) => sum + plain.length + deflated.length, 0);

function between(parts: Buffer[], separator: Buffer): Buffer[] {
  return parts.flatMap((part, at) => (at === 0 ? [part] : [separator, part]));
}

/** RFC 1951, 3.2.4: bytes that are not compressed. */
function storedBlock(bytes: Buffer): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt16LE(bytes.length, 1);
  header.writeUInt16LE(0xffff - bytes.length, 3);
  return Buffer.concat([header, bytes]);
}
