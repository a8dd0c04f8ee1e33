import { runFfmpeg } from "@/lib/media/run-ffmpeg";
import { isContainer, sniffVideoFormat } from "@/lib/media/video-format";
import type { Video } from "@/lib/media/video-source";
import { videoTiming } from "@/lib/media/video-timing";

/** When each frame of a video begins, in seconds from the first, and when the last one ends. */
export interface FrameTimes {
  starts: number[];
  end: number;
}

/** Frames a second where the video says nothing of time. */
const DEFAULT_RATE = 12;

/**
 * The times of a video's frames as its file has them: of an animation from its delays, of a video file from its packets; a folder
 * of frames has 12 a second.
 * @throws FileError as of videoTiming
 */
export async function frameTimes(video: Video): Promise<FrameTimes> {
  const { frames, fps, delays, duration } = await videoTiming(video);
  if (delays) {
    let end = 0;
    const starts = delays.map((ms) => (end += ms / 1000) - ms / 1000);
    return { starts, end };
  }
  const end = duration ?? frames / DEFAULT_RATE;
  const even = { starts: Array.from({ length: frames }, (_, at) => at / (fps ?? DEFAULT_RATE)), end };
  if (!isContainer(sniffVideoFormat(video.bytes))) return even;
  const starts = await packetTimes(video);
  // Times that are not told, as of a bare stream, are even ones.
  if (starts.length !== frames || starts.some(Number.isNaN)) return even;
  const last = starts[frames - 1];
  return { starts, end: end > last ? end : last + last / (frames - 1) };
}

/** In the order of showing, which is not that of the file. */
async function packetTimes(video: Video): Promise<number[]> {
  const before = ["-select_streams", "v:0", "-show_entries", "packet=pts_time", "-of", "csv=print_section=0"];
  const text = (await runFfmpeg("ffprobe", video, { before })).output.toString();
  const times = text.split("\n").flatMap((line) => (line === "" ? [] : [Number(line.split(",")[0])]));
  times.sort((a, b) => a - b);
  return times.map((time) => time - times[0]);
}
