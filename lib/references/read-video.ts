import { CLIP_TYPES, sniffClipFormat, notAClip } from "@/lib/media/video-format";
import type { Clip } from "@/lib/media/video-source";
import { clipTiming, type ClipTiming } from "@/lib/media/video-timing";
import { decodeClip } from "@/lib/media/decode-video";
import { DEFAULT_MAX_PIXELS, type DecodedImage } from "@/lib/media/decode-image";
import { FileError } from "@/lib/media/files/file-error";
import { pictureFacts } from "@/lib/encoders/image-facts";

/** What an artifact's `clip` column holds. */
export type StoredClip = { codec: string; frames: number; rate: number | null; seconds: number | null };

export interface ReadClip {
  /** Its first frames. */
  frames: DecodedImage[];
  /** Columns of its artifact. */
  row: {
    mediaType: string;
    width: number;
    height: number;
    low: number;
    high: number;
    thumbnail: Uint8Array<ArrayBuffer>;
    clip: StoredClip;
  };
}

/**
 * A clip's first frames, and what is noted of it: value range and thumbnail are those of the middle one, since many clips begin
 * with the same black.
 * @param count frames to decode; undefined: as many as it has, 16 at most
 * @throws FileError naming the clip
 */
export async function readClip(
  clip: Clip,
  { count, maxPixels = DEFAULT_MAX_PIXELS }: { count?: number; maxPixels?: number } = {},
): Promise<ReadClip> {
  const format = sniffClipFormat(clip.bytes);
  if (format === null) throw notAClip(clip);
  const timing = await clipTiming(clip);
  const { width, height, frames: total } = timing;
  // Known before a frame is decoded: a small file can claim frames that fill the memory.
  if (width * height > maxPixels) {
    throw new FileError(
      clip.name,
      `has frames of ${width}x${height}, more than the ${maxPixels} pixels that are taken.`,
    );
  }
  const frames = await decodeClip(clip, count ?? Math.min(total, 16));
  const { low, high, thumbnail } = pictureFacts(clip.name, clip.bytes, frames[frames.length >> 1]);
  return {
    frames,
    row: {
      mediaType: CLIP_TYPES[format],
      width,
      height,
      low,
      high,
      thumbnail: Uint8Array.from(thumbnail),
      clip: storedClip(timing),
    },
  };
}

const rounded = (value: number | null) => (value === null ? null : Number(value.toFixed(3)));

const storedClip = ({ codec, frames, fps, duration }: ClipTiming): StoredClip => ({
  codec,
  frames,
  rate: rounded(fps),
  seconds: rounded(duration),
});
