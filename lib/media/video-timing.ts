import sharp from "sharp";
import type { Video } from "@/lib/media/video-source";
import { isContainer, notAVideo, sniffVideoFormat } from "@/lib/media/video-format";
import { decodeImage } from "@/lib/media/decode-image";
import { FileError } from "@/lib/media/files/file-error";
import { unpackFrames } from "@/lib/media/pack-frames";
import { runFfmpeg } from "@/lib/media/run-ffmpeg";

/** What a video's file says of it, before any frame is decoded. */
export interface VideoTiming {
  /** Coding of its frames: gif, webp, a video file's codec (h264), or "png frames" of a folder. */
  codec: string;
  frames: number;
  /** Pixels of a frame. */
  width: number;
  height: number;
  /** Seconds; null for frames of a folder, which say nothing of time. */
  duration: number | null;
  /** Frames a second, over the whole video; null likewise. */
  fps: number | null;
  /** Milliseconds that each frame of an animation is shown; null where all are shown alike, or it is none. */
  delays: number[] | null;
}

/** What browsers make of a frame that asks for no time. */
const NO_DELAY_MS = 100;

/**
 * Coding, size, frames, duration and frame rate of a video.
 * @throws FileError naming the video: damaged, a single image, no ffprobe for a video file
 */
export async function videoTiming(video: Video): Promise<VideoTiming> {
  const format = sniffVideoFormat(video.bytes);
  if (format === null) throw notAVideo(video);
  const timing = isContainer(format)
    ? await containerTiming(video)
    : format === "frames"
      ? await framesTiming(video)
      : await animationTiming(video, format);
  if (timing.frames < 2 || timing.duration === 0)
    throw new FileError(video.name, "does not move: it has one frame.");
  return timing;
}

async function animationTiming(video: Video, codec: string): Promise<VideoTiming> {
  try {
    const metadata = await sharp(video.bytes).metadata();
    const { width, height, pageHeight = height, pages: frames = 1, delay = [] } = metadata;
    const shown = Array.from({ length: frames }, (_, k) => delay[k] || NO_DELAY_MS);
    const duration = shown.reduce((sum, ms) => sum + ms, 0) / 1000;
    const delays = shown.every((ms) => ms === shown[0]) ? null : shown;
    return { codec, frames, width, height: pageHeight, duration, fps: frames / duration, delays };
  } catch (error) {
    throw new FileError(video.name, "is damaged or no animation.", { cause: error });
  }
}

async function framesTiming(video: Video): Promise<VideoTiming> {
  const { total, frames } = await unpackFrames(video, 1);
  if (total === 0) throw new FileError(video.name, "holds no frames.");
  const { width, height, format } = await decodeImage(frames[0].bytes, { name: frames[0].name });
  return { codec: `${format} frames`, frames: total, width, height, duration: null, fps: null, delays: null };
}

/** What ffprobe says of a stream. */
interface Stream {
  codec_name?: string;
  width?: number;
  height?: number;
  nb_read_packets?: string;
  duration?: string;
  side_data_list?: { rotation?: number }[];
  tags?: { rotate?: string };
}

/** By the system's ffprobe, which counts the packets of the first video stream. */
async function containerTiming(video: Video): Promise<VideoTiming> {
  const turning = "stream_side_data=rotation:stream_tags=rotate";
  const entries = `stream=codec_name,width,height,nb_read_packets,duration:format=duration:${turning}`;
  const before = ["-count_packets", "-select_streams", "v:0", "-show_entries", entries, "-of", "json"];
  const text = (await runFfmpeg("ffprobe", video, { before })).output.toString();
  const { streams, format } = JSON.parse(text) as { streams: Stream[]; format?: { duration?: string } };
  if (streams.length === 0) throw new FileError(video.name, "holds no video stream.");
  const [stream] = streams;
  const { codec_name: codec = "unknown", nb_read_packets, duration: own } = stream;
  const frames = Number(nb_read_packets);
  const duration = Number(own ?? format?.duration);
  if (!(frames > 0 && duration > 0)) throw new FileError(video.name, "does not say how long it lasts.");
  return { codec, frames, ...shownSize(stream), duration, fps: frames / duration, delays: null };
}

/** Pixels of a frame as it is to be held: ffmpeg turns frames as the file says when it decodes them. */
function shownSize({
  width = 0,
  height = 0,
  side_data_list = [],
  tags,
}: Stream): Pick<VideoTiming, "width" | "height"> {
  const turned =
    side_data_list.find(({ rotation }) => rotation !== undefined)?.rotation ?? Number(tags?.rotate ?? 0);
  return Math.abs(turned) % 180 === 90 ? { width: height, height: width } : { width, height };
}
