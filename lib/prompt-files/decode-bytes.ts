import type { PromptProblem } from "@/lib/schemas/prompt-problems";

type Decoded =
  | { text: string }
  | { code: "empty_file" | "binary" | "nul_byte" | "bad_utf8" | "bad_utf16"; facts: Partial<PromptProblem> };

/** First bytes of files that people take for text. */
const BINARY: [number[], string][] = [
  [[0x50, 0x4b, 3, 4], "a zip archive or a spreadsheet"],
  [[0x1f, 0x8b], "compressed with gzip"],
  [[0x28, 0xb5, 0x2f, 0xfd], "compressed with zstd"],
  [[0x50, 0x41, 0x52, 0x31], "a Parquet file"],
  [[0x89, 0x50, 0x4e, 0x47], "a PNG image"],
  [[0xff, 0xd8, 0xff], "a JPEG image"],
  [[0x25, 0x50, 0x44, 0x46], "a PDF"],
];

/** Text of bytes: UTF-8 with or without a byte-order mark, or UTF-16 with one; else what is wrong with them, and at which byte. */
export function decodeBytes(bytes: Uint8Array): Decoded {
  if (bytes.length === 0) return { code: "empty_file", facts: {} };
  const binary = BINARY.find(([start]) => start.every((byte, at) => bytes[at] === byte));
  if (binary) return { code: "binary", facts: { value: binary[1] } };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeUtf16(bytes, "utf-16le");
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeUtf16(bytes, "utf-16be");
  const nul = bytes.indexOf(0);
  const wrong = invalidUtf8(bytes);
  if (nul >= 0 && (wrong < 0 || nul < wrong)) return { code: "nul_byte", facts: { offset: nul } };
  if (wrong >= 0) {
    const value = `0x${bytes[wrong].toString(16).toUpperCase().padStart(2, "0")}`;
    return { code: "bad_utf8", facts: { offset: wrong, value } };
  }
  return { text: new TextDecoder().decode(bytes) };
}

function decodeUtf16(bytes: Uint8Array, encoding: "utf-16le" | "utf-16be"): Decoded {
  const text = new TextDecoder(encoding).decode(bytes.subarray(0, bytes.length & ~1));
  if (bytes.length % 2 === 1) return { code: "bad_utf16", facts: { offset: bytes.length - 1 } };
  // Halves of pairs became U+FFFD; a genuine one is as good as none in a prompt.
  const wrong = text.indexOf("\ufffd");
  if (wrong >= 0) return { code: "bad_utf16", facts: { offset: 2 + 2 * wrong } };
  const nul = text.indexOf("\0");
  return nul >= 0 ? { code: "nul_byte", facts: { offset: 2 + 2 * nul } } : { text };
}

/** Where the first byte is that no UTF-8 has there (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF); -1: nowhere. */
function invalidUtf8(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const first = bytes[at];
    if (first < 0x80) {
      at++;
      continue;
    }
    const following = first >= 0xc2 && first <= 0xdf ? 1 : first >> 4 === 0xe ? 2 : first >= 0xf0 && first <= 0xf4 ? 3 : 0; // prettier-ignore
    if (following === 0) return at;
    const second = bytes[at + 1] ?? 0;
    const [low, high] = SECOND[first] ?? [0x80, 0xbf];
    if (second < low || second > high) return at;
    for (let k = 2; k <= following; k++) if ((bytes[at + k] ?? 0) >> 6 !== 2) return at;
    at += following + 1;
  }
  return -1;
}

/** The second byte's range where it is not 0x80 to 0xBF. */
const SECOND: Record<number, [number, number]> = {
  0xe0: [0xa0, 0xbf],
  0xed: [0x80, 0x9f],
  0xf0: [0x90, 0xbf],
  0xf4: [0x80, 0x8f],
};
