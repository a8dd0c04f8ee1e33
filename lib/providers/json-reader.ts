import { randomUUID } from "node:crypto";
import { Base64Writer } from "@/lib/providers/base64-writer";
import { OutboundError } from "@/lib/providers/outbound-error";
import { headOfBody, tooLarge, type BodyReader } from "@/lib/providers/read-body";
import { plainJson } from "@/lib/schemas/plain-text";

/** How much JSON an answer may be; whoever asks knows how much it needs. */
export interface JsonLimits {
  /** Most bytes of all of it, after decompression. */
  maxBytes: number;
  /** Most items of a list: 10 unless told. */
  maxItems?: number;
  /** Most values of all of it, counting lists and objects: 5,000 unless told. */
  maxValues?: number;
  /** Whether long texts are images or videos in base64. All the rest may then have 256 KiB. */
  media?: boolean;
}

export interface JsonReply {
  /** The answer's first 20,000 bytes, as they came: for logs. */
  text: string;
  /** Its texts are without controls, its numbers finite; undefined: it is no JSON. */
  json: unknown;
  /** The bytes of a base64 text of `json`, or of a data: address; long ones of either kind stand in it as data: addresses. */
  bytesOf(text: string): Buffer;
}

export const HEAD_BYTES = 20_000;
const MAX_ITEMS = 10;
const MAX_FIELDS = 200;
const MAX_VALUES = 5_000;
const MAX_DEPTH = 16;
const MAX_TEXT_BYTES = 256 * 1024;
/** A longer text is image data: decoded as it comes, and never part of the JSON that is parsed. */
const LONG_TEXT = 64 * 1024;

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Reads JSON from whoever likes to harm the reader. A scan counts levels, items and values while the bytes come in, some 64 kB
 * at a time, and gives up at the first that is too many; base64 goes straight to bytes. What is left for JSON.parse, of known depth
 * and number of values, is at most 256 KiB of an image's answer, which takes it milliseconds, and 2 MB of a judge's with all its
 * probabilities, which at its worst takes it a tenth of a second: it is parsed here and not in a thread. Nothing else of an answer
 * is held, so a deadline can fire at any time and memory grows by no more than the image.
 * @throws OutboundError TOO_COMPLEX, TOO_LARGE, from push
 */
export class JsonReader implements BodyReader<JsonReply> {
  readonly maxBytes: number;
  private readonly maxItems: number;
  private readonly maxTextBytes: number;
  private valuesLeft: number;

  private readonly head: Buffer[] = [];
  private headLength = 0;
  /** The JSON so far, image data left out. */
  private text = Buffer.allocUnsafe(4_096);
  private length = 0;

  private begun = false;
  private isJson = true;
  private inText = false;
  private escaped = false;
  /** Where in `text` the text that is being read begins. */
  private textAt = 0;
  /** By level: items or fields that may still come. */
  private readonly roomLeft: number[] = [];

  /** What stands in `text` for image data, its number behind it: an address that nobody can guess. */
  private readonly stead = `data:${randomUUID()},`;
  private readonly images: Buffer[] | null;
  private image: Base64Writer | null = null;
  /** Room for all image data, made when there is some; the system gives memory only for what is written. */
  private imageRoom: Buffer | null = null;

  constructor(limits: JsonLimits) {
    this.maxBytes = limits.maxBytes;
    this.maxItems = limits.maxItems ?? MAX_ITEMS;
    this.valuesLeft = limits.maxValues ?? MAX_VALUES;
    this.images = limits.media ? [] : null;
    this.maxTextBytes = limits.media ? Math.min(limits.maxBytes, MAX_TEXT_BYTES) : limits.maxBytes;
  }

  push(chunk: Buffer): boolean {
    this.keepHead(chunk);
    if (!this.begun) {
      const first = chunk.find((byte) => byte > 0x20);
      this.begun = first !== undefined;
      this.isJson = first === undefined || first === OPEN_OBJECT || first === OPEN_LIST;
    }
    if (this.isJson) this.scan(chunk);
    return !this.isJson;
  }

  end(): JsonReply {
    const text = Buffer.concat(this.head).subarray(0, HEAD_BYTES).toString("utf8");
    const json = this.isJson && !this.inText ? parse(this.text.toString("utf8", 0, this.length)) : undefined;
    const { stead } = this;
    const images = this.images ?? [];
    return {
      text,
      json,
      bytesOf: (text) =>
        text.startsWith(stead)
          ? images[Number(text.slice(stead.length))]
          : Buffer.from(text.replace(/^data:[^,]{0,200},/, ""), "base64"),
    };
  }

  private keepHead(chunk: Buffer): void {
    if (this.headLength >= HEAD_BYTES) return;
    this.head.push(Buffer.from(chunk.subarray(0, HEAD_BYTES - this.headLength)));
    this.headLength += Math.min(chunk.length, HEAD_BYTES - this.headLength);
  }

  private scan(chunk: Buffer): void {
    let at = 0;
    let kept = 0; // bytes before it are in `text` or in an image
    while (at < chunk.length) {
      if (!this.inText) {
        at = this.skipStructure(chunk, at);
        if (this.inText) {
          this.keep(chunk.subarray(kept, at));
          this.textAt = this.length;
          kept = at;
        }
        continue;
      }
      at = this.skipText(chunk, at);
      if (at === chunk.length) continue;
      this.keepText(chunk.subarray(kept, at));
      this.endText();
      kept = at++;
    }
    if (this.inText) this.keepText(chunk.subarray(kept));
    else this.keep(chunk.subarray(kept));
  }

  /** Walk over a text. @returns where its closing quote is, or the chunk ends */
  private skipText(chunk: Buffer, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      if (this.escaped) this.escaped = false;
      else if (chunk[at] === BACKSLASH) this.escaped = true;
      else if (chunk[at] === QUOTE) return at;
    }
    return chunk.length;
  }

  /** Walk over what is no text. @returns where the next text begins, or the chunk ends */
  private skipStructure(chunk: Buffer, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      switch (chunk[at]) {
        case QUOTE:
          this.inText = true;
          return at + 1;
        case OPEN_LIST:
          this.openLevel(this.maxItems);
          break;
        case OPEN_OBJECT:
          this.openLevel(MAX_FIELDS);
          break;
        case CLOSE_LIST:
        case CLOSE_OBJECT:
          this.roomLeft.pop();
          break;
        case COMMA:
          this.countValue();
          if (this.roomLeft.length > 0 && --this.roomLeft[this.roomLeft.length - 1] < 1)
            throw tooComplex("a longer list");
          break;
      }
    }
    return chunk.length;
  }

  private openLevel(room: number): void {
    this.countValue();
    if (this.roomLeft.push(room) > MAX_DEPTH) throw tooComplex("more levels");
  }

  private countValue(): void {
    if (--this.valuesLeft < 0) throw tooComplex("more values");
  }

  /** The next bytes of a text; once it is long it is an image's. */
  private keepText(bytes: Buffer): void {
    if (this.image !== null) return this.image.write(bytes);
    this.append(bytes);
    if (this.images === null || this.length - this.textAt <= LONG_TEXT) return;
    this.imageRoom ??= Buffer.allocUnsafe(Math.ceil((this.maxBytes * 3) / 4));
    this.image = new Base64Writer(this.imageRoom);
    this.image.write(this.text.subarray(this.textAt, this.length));
    this.length = this.textAt;
  }

  private endText(): void {
    this.inText = false;
    if (this.images === null || this.image === null) return;
    const bytes = this.image.end();
    this.image = null;
    this.imageRoom = this.imageRoom!.subarray(bytes.length);
    this.append(Buffer.from(`${this.stead}${this.images.push(bytes) - 1}`));
  }

  private keep(bytes: Buffer): void {
    this.append(bytes);
    if (this.length > this.maxTextBytes) throw tooLarge(this.maxTextBytes);
  }

  private append(bytes: Buffer): void {
    if (this.length + bytes.length > this.text.length) {
      const larger = Buffer.allocUnsafe(Math.max(2 * this.text.length, this.length + bytes.length));
      this.text.copy(larger, 0, 0, this.length);
      this.text = larger;
    }
    bytes.copy(this.text, this.length);
    this.length += bytes.length;
  }
}

/** Reads an answer's first 20,000 bytes: if they are JSON and no more than an error needs, it is told. */
export function headOfJson(): BodyReader<JsonReply> {
  const head = headOfBody(HEAD_BYTES);
  const end = () => {
    const reader = new JsonReader({ maxBytes: HEAD_BYTES });
    try {
      reader.push(head.end());
      return reader.end();
    } catch {
      return { ...reader.end(), json: undefined };
    }
  };
  return { ...head, end };
}

const tooComplex = (what: string) =>
  new OutboundError("TOO_COMPLEX", `The answer's JSON has ${what} than such an answer needs.`);

function parse(text: string): unknown {
  try {
    return plainJson(JSON.parse(text));
  } catch {
    return undefined;
  }
}
