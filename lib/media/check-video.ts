import { FileError } from "@/lib/media/files/file-error";
import { notAVideo, sniffVideoFormat, VIDEO_TYPES, type VideoFormat } from "@/lib/media/video-format";

/** A video by its first bytes, and whole as far as its container says. No frame of it was decoded. */
export interface CheckedVideo {
  bytes: Buffer;
  format: Exclude<VideoFormat, "frames">;
  mediaType: string;
}

/**
 * Accept bytes from outside as a video. Containers that say how long they are (MP4, WebP, AVI, GIF) are held to it: half a download
 * is told before ffmpeg is asked.
 * @throws FileError
 */
export function checkVideo(name: string, bytes: Buffer): CheckedVideo {
  const format = sniffVideoFormat(bytes);
  if (format === null || format === "frames") throw notAVideo({ name });
  if (!isWhole(format, bytes)) throw new FileError(name, "is truncated or damaged.");
  return { bytes, format, mediaType: VIDEO_TYPES[format] };
}

function isWhole(format: VideoFormat, bytes: Buffer): boolean {
  if (format === "mp4") return endOfBoxes(bytes) === bytes.length;
  if (format === "webp" || format === "avi")
    return bytes.length >= 12 && bytes.readUInt32LE(4) + 8 <= bytes.length;
  // A GIF ends with its trailer.
  return format !== "gif" || bytes.subarray(-8).includes(0x3b);
}

/** Where the boxes of an MP4 (ISO/IEC 14496-12) end; beyond the bytes where the last one is cut off. */
function endOfBoxes(bytes: Buffer): number {
  let at = 0;
  while (at + 8 <= bytes.length) {
    let size = bytes.readUInt32BE(at);
    if (size === 0) return bytes.length;
    if (size === 1 && at + 16 <= bytes.length) size = Number(bytes.readBigUInt64BE(at + 8));
    if (size < 8) return Infinity;
    at += size;
  }
  return at;
}
