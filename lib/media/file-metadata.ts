import { sniffImageFormat } from "@/lib/media/decode-image";
import type { FileMetadata } from "@/lib/schemas/endpoints/capabilities";
import { plainText } from "@/lib/schemas/plain-text";

/** What a file says besides its picture. */
export interface FoundMetadata {
  metadata: FileMetadata[];
  /** Names of a PNG's text chunks. */
  textKeys: string[];
}

const MOST_KEYS = 20;
/** PNG's own bound. */
const LONGEST_KEY = 79;
const PNG_XMP = "XML:com.adobe.xmp";
const PNG_KINDS: Record<string, FileMetadata> = { eXIf: "exif", caBX: "c2pa" };
const PNG_TEXTS = new Set(["tEXt", "zTXt", "iTXt"]);
const WEBP_KINDS: Record<string, FileMetadata> = { EXIF: "exif", "XMP ": "xmp", C2PA: "c2pa" };

/**
 * Finds EXIF, XMP, IPTC, C2PA, comments and text chunks of a PNG, JPEG or WebP by the names of its parts; what they say is not read.
 * Never throws: a file that breaks off has what stands before the break.
 */
export function findMetadata(bytes: Buffer): FoundMetadata {
  const format = sniffImageFormat(bytes);
  const found = new Set<FileMetadata>();
  const keys = new Set<string>();
  if (format === "png") {
    for (const { name, body } of pngChunks(bytes)) {
      if (Object.hasOwn(PNG_KINDS, name)) found.add(PNG_KINDS[name]);
      if (!PNG_TEXTS.has(name)) continue;
      const key = body.subarray(0, LONGEST_KEY).toString("latin1").split("\0")[0];
      found.add(key === PNG_XMP ? "xmp" : "text");
      if (key !== PNG_XMP && keys.size < MOST_KEYS) keys.add(plainText(key, LONGEST_KEY));
    }
  } else if (format === "jpeg") {
    for (const segment of jpegSegments(bytes)) {
      const kind = jpegKind(segment);
      if (kind !== null) found.add(kind);
    }
  } else if (format === "webp") {
    for (const name of webpChunks(bytes)) if (Object.hasOwn(WEBP_KINDS, name)) found.add(WEBP_KINDS[name]);
  }
  return { metadata: [...found].sort(), textKeys: [...keys].sort() };
}

function* pngChunks(bytes: Buffer): Generator<{ name: string; body: Buffer }> {
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    yield {
      name: bytes.toString("latin1", at + 4, at + 8),
      body: bytes.subarray(at + 8, Math.min(bytes.length, at + 8 + length)),
    };
    at += 12 + length;
  }
}

/** Those before the picture's own data. */
function* jpegSegments(bytes: Buffer): Generator<{ marker: number; body: Buffer }> {
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1];
    if (marker === 0xda) return;
    const length = bytes.readUInt16BE(at + 2);
    yield { marker, body: bytes.subarray(at + 4, Math.min(bytes.length, at + 2 + length)) };
    at += 2 + Math.max(2, length);
  }
}

function jpegKind({ marker, body }: { marker: number; body: Buffer }): FileMetadata | null {
  const starts = (text: string) => body.subarray(0, text.length).toString("latin1") === text;
  if (marker === 0xe1 && starts("Exif\0")) return "exif";
  if (marker === 0xe1 && starts("http://ns.adobe.com/")) return "xmp";
  // JUMBF boxes, in which C2PA's manifests are.
  if (marker === 0xeb && starts("JP") && body.includes("jumb")) return "c2pa";
  if (marker === 0xed && starts("Photoshop")) return "iptc";
  return marker === 0xfe ? "comment" : null;
}

function* webpChunks(bytes: Buffer): Generator<string> {
  for (let at = 12; at + 8 <= bytes.length;) {
    yield bytes.toString("latin1", at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    at += 8 + length + (length % 2);
  }
}
