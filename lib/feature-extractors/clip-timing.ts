import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import sharp from "sharp";
import type { ClipFile } from "@/lib/feature-extractors/decode-clip";
import { isVideo } from "@/lib/feature-extractors/decode-clip";
import { FileError } from "@/lib/feature-extractors/files/file-error";

/** How long a clip lasts as it is played. */
export interface ClipTiming {
  frames: number;
  /** Seconds. */
  duration: number;
  /** Frames a second, over the whole clip. */
  fps: number;
}

/** What browsers make of a frame that asks for no time. */
const NO_DELAY_MS = 100;

/**
 * Frames, duration and frame rate of an animation (.gif, .webp) or a video.
 * @throws FileError naming the clip: damaged, a single picture, no ffprobe for a video
 */
export async function clipTiming(clip: ClipFile): Promise<ClipTiming> {
  const timing = isVideo(clip) ? await videoTiming(clip.path) : await animationTiming(clip.path);
  if (timing.frames < 2 || !(timing.duration > 0))
    throw new FileError(clip.path, "does not move: it has one frame.");
  return timing;
}

async function animationTiming(file: string): Promise<ClipTiming> {
  try {
    const { pages: frames = 1, delay = [] } = await sharp(await readFile(file)).metadata();
    const shown = Array.from({ length: frames }, (_, k) => delay[k] || NO_DELAY_MS);
    const duration = shown.reduce((sum, ms) => sum + ms, 0) / 1000;
    return { frames, duration, fps: frames / duration };
  } catch (error) {
    throw new FileError(file, "is damaged or no animation.", { cause: error });
  }
}

/** By the system's ffprobe, which counts the packets of the first video stream. */
async function videoTiming(file: string): Promise<ClipTiming> {
  const entries = "stream=nb_read_packets,duration:format=duration";
  const text = await probe(file, ["-count_packets", "-select_streams", "v:0", "-show_entries", entries]);
  const { streams, format } = JSON.parse(text) as {
    streams: { nb_read_packets?: string; duration?: string }[];
    format?: { duration?: string };
  };
  const frames = Number(streams[0]?.nb_read_packets);
  const duration = Number(streams[0]?.duration ?? format?.duration);
  if (!(frames > 0 && duration > 0)) throw new FileError(file, "does not say how long it lasts.");
  return { frames, duration, fps: frames / duration };
}

function probe(file: string, flags: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      "ffprobe",
      ["-v", "error", "-protocol_whitelist", "file", ...flags, "-of", "json", "-i", file],
      { stdio: ["ignore", "pipe", "pipe"] },
    );
    let [output, complaint] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
    child.on("error", (error) =>
      reject(new FileError(file, "needs ffprobe, which is not on the PATH.", { cause: error })),
    );
    child.on("close", (code) => {
      if (code === 0) resolve(output);
      else reject(new FileError(file, `is damaged or no video: ${complaint.split("\n")[0]}`));
    });
  });
}
