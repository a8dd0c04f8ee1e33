import { sniffImageFormat } from "@/lib/feature-extractors/decode-image";

/** How a clip is packed: an animation, a video container, or the frames of a folder in one archive (pack-frames.ts). */
export type ClipFormat = "gif" | "webp" | "mp4" | "matroska" | "frames";

/** Media type of the frames of a folder, packed into one archive. */
export const FRAMES_TYPE = "application/vnd.salon.frames+zip";

/** What each kind of clip is called where a media type is due. */
export const CLIP_TYPES: Record<ClipFormat, string> = {
  gif: "image/gif",
  webp: "image/webp",
  mp4: "video/mp4",
  matroska: "video/webm",
  frames: FRAMES_TYPE,
};

/**
 * What a clip is by its first bytes, never by its name; null when it is none. A WebP is one by its animation flag, a
 * single picture is not.
 */
export function sniffClipFormat(bytes: Uint8Array): ClipFormat | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 32)).toString("latin1");
  if (/^GIF8[79]a/.test(text)) return "gif";
  if (sniffImageFormat(bytes) === "webp") return isAnimated(text) ? "webp" : null;
  // QuickTime's own files may begin with another box than ISO's.
  if (["ftyp", "moov", "mdat", "wide", "free"].includes(text.slice(4, 8))) return "mp4";
  if (text.startsWith("\x1a\x45\xdf\xa3")) return "matroska";
  if (text.startsWith("PK\x03\x04")) return "frames";
  return null;
}

/** The extended header's flags: bit 1 says that frames follow. */
const isAnimated = (text: string) => text.slice(12, 16) === "VP8X" && (text.charCodeAt(20) & 2) !== 0;

/** Whether the system's ffmpeg reads it, where the others need no program. */
export const isVideo = (format: ClipFormat | null): boolean => format === "mp4" || format === "matroska";
