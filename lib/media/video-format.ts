import { sniffImageFormat } from "@/lib/media/decode-image";
import { FileError } from "@/lib/media/files/file-error";

/** How a video is packed: an animation, a container, or the frames of a folder in one archive (pack-frames.ts). */
export type VideoFormat = "gif" | "webp" | ContainerFormat | "frames";

/** Containers that the system's ffmpeg reads. */
export type ContainerFormat =
  "mp4" | "matroska" | "avi" | "mpeg" | "mpegvideo" | "mpegts" | "flv" | "asf" | "ogg";

/** The name of each container's demuxer in ffmpeg. */
export const DEMUXERS: Record<ContainerFormat, string> = {
  mp4: "mov",
  matroska: "matroska",
  avi: "avi",
  mpeg: "mpeg",
  mpegvideo: "mpegvideo",
  mpegts: "mpegts",
  flv: "flv",
  asf: "asf",
  ogg: "ogg",
};

/** Media type of the frames of a folder, packed into one archive. */
export const FRAMES_TYPE = "application/vnd.salon.frames+zip";

/** What each kind of video is called where a media type is due. */
export const VIDEO_TYPES: Record<VideoFormat, string> = {
  gif: "image/gif",
  webp: "image/webp",
  mp4: "video/mp4",
  matroska: "video/webm",
  avi: "video/x-msvideo",
  mpeg: "video/mpeg",
  mpegvideo: "video/mpeg",
  mpegts: "video/mp2t",
  flv: "video/x-flv",
  asf: "video/x-ms-asf",
  ogg: "video/ogg",
  frames: FRAMES_TYPE,
};

/**
 * What a video is by its first bytes, never by its name; null when it is none. A WebP is one by its animation flag, a
 * single image is not.
 */
export function sniffVideoFormat(bytes: Uint8Array): VideoFormat | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 32)).toString("latin1");
  if (/^GIF8[79]a/.test(text)) return "gif";
  if (sniffImageFormat(bytes) === "webp") return isAnimated(text) ? "webp" : null;
  // QuickTime's own files may begin with another box than ISO's.
  if (["ftyp", "moov", "mdat", "wide", "free"].includes(text.slice(4, 8))) return "mp4";
  if (text.startsWith("\x1a\x45\xdf\xa3")) return "matroska";
  if (text.startsWith("PK\x03\x04")) return "frames";
  if (text.startsWith("RIFF") && text.slice(8, 12) === "AVI ") return "avi";
  if (text.startsWith("\0\0\x01\xba")) return "mpeg";
  if (text.startsWith("\0\0\x01\xb3")) return "mpegvideo";
  if (text.startsWith("FLV\x01")) return "flv";
  if (text.startsWith("\x30\x26\xb2\x75\x8e\x66\xcf\x11")) return "asf";
  if (text.startsWith("OggS")) return "ogg";
  if (isTransportStream(bytes)) return "mpegts";
  return null;
}

/** Packets of 188 bytes, or of 192 with a time before each, that all begin with the letter G. */
function isTransportStream(bytes: Uint8Array): boolean {
  const begins = (first: number, size: number) =>
    bytes.length > first + 3 * size && [0, 1, 2, 3].every((i) => bytes[first + i * size] === 0x47);
  return begins(0, 188) || begins(4, 192);
}

/** The extended header's flags: bit 1 says that frames follow. */
const isAnimated = (text: string) => text.slice(12, 16) === "VP8X" && (text.charCodeAt(20) & 2) !== 0;

/** Whether the system's ffmpeg reads it, where the others need no program. */
export const isContainer = (format: VideoFormat | null): format is ContainerFormat =>
  format !== null && Object.hasOwn(DEMUXERS, format);

/** What to say of bytes that are no video. */
export const notAVideo = ({ name }: { name: string }): FileError =>
  new FileError(name, "is no video: neither a video file, a GIF, an animated WebP nor frames.");
