import { VIDEO_TYPES, sniffVideoFormat, notAVideo } from "@/lib/media/video-format";
import type { Video } from "@/lib/media/video-source";
import { videoTiming, type VideoTiming } from "@/lib/media/video-timing";
import { decodeVideo, type FrameRule } from "@/lib/media/decode-video";
import { DEFAULT_MAX_PIXELS, type DecodedImage } from "@/lib/media/decode-image";
import { FileError } from "@/lib/media/files/file-error";
import { imageFacts } from "@/lib/encoders/image-facts";

/** What an artifact's `video` column holds; `delays`: milliseconds that each frame is shown, where they differ. */
export type StoredVideo = {
  codec: string;
  frames: number;
  rate: number | null;
  seconds: number | null;
  delays?: number[];
};

/** Longer animations are taken to be of one rate. */
const MOST_DELAYS = 500;

export interface ReadVideo {
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
    video: StoredVideo;
  };
}

/**
 * A video's first frames, and what is noted of it: value range and thumbnail are those of the middle one, since many videos begin
 * with the same black.
 * @param options.count frames to decode; undefined: as many as it has, 16 at most
 * @param options.rule which of its frames; the first unless told
 * @throws FileError naming the video
 */
export async function readVideo(
  video: Video,
  {
    count,
    rule,
    maxPixels = DEFAULT_MAX_PIXELS,
  }: { count?: number; rule?: FrameRule; maxPixels?: number } = {},
): Promise<ReadVideo> {
  const format = sniffVideoFormat(video.bytes);
  if (format === null) throw notAVideo(video);
  const timing = await videoTiming(video);
  const { width, height, frames: total } = timing;
  // Known before a frame is decoded: a small file can claim frames that fill the memory.
  if (width * height > maxPixels) {
    throw new FileError(
      video.name,
      `has frames of ${width}x${height}, more than the ${maxPixels} pixels that are taken.`,
    );
  }
  const frames = await decodeVideo(video, count ?? Math.min(total, 16), { rule });
  const { low, high, thumbnail } = imageFacts(video.name, video.bytes, frames[frames.length >> 1]);
  return {
    frames,
    row: {
      mediaType: VIDEO_TYPES[format],
      width,
      height,
      low,
      high,
      thumbnail: Uint8Array.from(thumbnail),
      video: storedVideo(timing),
    },
  };
}

const rounded = (value: number | null) => (value === null ? null : Number(value.toFixed(3)));

const storedVideo = ({ codec, frames, fps, duration, delays }: VideoTiming): StoredVideo => ({
  codec,
  frames,
  rate: rounded(fps),
  seconds: rounded(duration),
  ...(delays && delays.length <= MOST_DELAYS && { delays }),
});
