const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
/** By byte: the six bits that a character of either alphabet stands for; 255: it is none. */
const SIX_BITS = new Uint8Array(256).fill(255);
for (const alphabet of ["+/", "-_"]) {
  const all = `ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789${alphabet}`;
  for (let bits = 0; bits < 64; bits++) SIX_BITS[all.charCodeAt(bits)] = bits;
}

/**
 * Turns the inside of a JSON string of base64, or a data: address, to bytes as it comes in, one byte after the other: what an answer
 * of escapes costs must not be more than what one of letters does. Whatever is no base64 is passed over, as Buffer.from does.
 */
export class Base64Writer {
  private length = 0;
  private begun = false;
  /** Characters since the last whole three bytes, and their bits. */
  private characters = 0;
  private bits = 0;
  /** Inside an escape: how many of its characters came, and the code that its digits give so far. */
  private escape = 0;
  private code = 0;

  /** @param bytes where they go */
  constructor(private readonly bytes: Buffer) {}

  write(piece: Buffer): void {
    let from = 0;
    if (!this.begun) {
      this.begun = true;
      if (piece.toString("latin1", 0, 5) === "data:") from = piece.subarray(0, 200).indexOf(",") + 1;
    }
    for (let at = from; at < piece.length; at++) {
      const byte = piece[at];
      if (this.escape > 0) this.takeEscaped(byte);
      else if (byte === BACKSLASH) this.escape = 1;
      else if (SIX_BITS[byte] !== 255) this.take(SIX_BITS[byte]);
    }
  }

  end(): Buffer {
    if (this.characters > 1) this.bytes[this.length++] = this.bits >> (this.characters === 2 ? 4 : 10);
    if (this.characters > 2) this.bytes[this.length++] = this.bits >> 2;
    return this.bytes.subarray(0, this.length);
  }

  private take(six: number): void {
    this.bits = (this.bits << 6) | six;
    if (++this.characters < 4) return;
    this.bytes[this.length] = this.bits >> 16;
    this.bytes[this.length + 1] = this.bits >> 8;
    this.bytes[this.length + 2] = this.bits;
    this.length += 3;
    this.characters = this.bits = 0;
  }

  /** "\/" and "\u003d" are common ways to write / and =; of "\r\n" nothing is meant. */
  private takeEscaped(byte: number): void {
    if (this.escape === 1 && byte !== LETTER_U) {
      this.escape = 0;
      if (byte === 0x2f) this.take(SIX_BITS[byte]);
      return;
    }
    if (this.escape === 1) this.code = 0;
    else this.code = (this.code << 4) | (byte < 0x3a ? byte & 15 : (byte & 15) + 9);
    if (++this.escape < 6) return;
    this.escape = 0;
    if (this.code < 256 && SIX_BITS[this.code] !== 255) this.take(SIX_BITS[this.code]);
  }
}
