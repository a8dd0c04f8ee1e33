import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { FileError } from "@/lib/media/files/file-error";
import { feedFfmpeg } from "@/lib/media/run-ffmpeg";

/** Frames of one size that are shown one after the other, interleaved 8-bit RGB. A frame that is there twice is shown twice as long. */
export interface RawVideo {
  width: number;
  height: number;
  /** Frames a second. */
  rate: number;
  frames: Iterable<Uint8Array>;
}

/** @throws NoFfmpegError where this machine cannot write MP4 */
export async function requireMp4(): Promise<void> {
  const frames = [Buffer.alloc(16 * 16 * 3), Buffer.alloc(16 * 16 * 3)];
  await encodeMp4("A video shown whole", { width: 16, height: 16, rate: 2, frames });
}

/** Bits a second at most: what 512 pixels at 24 frames a second need to look as they did, and 15 MB a minute. */
const MOST_BITS = "2M";
/** Bytes of a file: bits a second are kept to only as far as the content allows. */
const MOST_BYTES = 16 * 2 ** 20;

/**
 * Frames as an MP4 file (H.264, 4:2:0, every player reads it) without metadata or the encoder's name, by the system's ffmpeg. The
 * file is whole, with its index at the front: what counts frames before it decodes any finds them.
 * @throws FileError naming the video: too large; NoFfmpegError
 */
export async function encodeMp4(name: string, { width, height, rate, frames }: RawVideo): Promise<Buffer> {
  const folder = await mkdtemp(path.join(tmpdir(), "salon-mp4-"));
  const file = path.join(folder, "video.mp4");
  const input = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-video_size", `${width}x${height}`];
  // 4:2:0 has one colour for two by two pixels.
  const even = ["-vf", "scale=w=ceil(iw/2)*2:h=ceil(ih/2)*2"];
  const quality = ["-crf", "18", "-maxrate", MOST_BITS, "-bufsize", "4M", "-preset", "veryfast"];
  const coding = ["-c:v", "libx264", ...quality, "-pix_fmt", "yuv420p", "-threads", "1"];
  // What libx264 writes of itself stands in SEI units (type 6).
  const plain = [
    "-map_metadata",
    "-1",
    "-metadata:s:v:0",
    "encoder=H.264",
    "-fflags",
    "+bitexact",
    "-flags:v",
    "+bitexact",
  ];
  const bare = ["-bsf:v", "filter_units=remove_types=6"];
  const flags = [...input, "-framerate", String(rate), "-i", "pipe:0", ...even, ...coding, ...plain, ...bare];
  try {
    await feedFfmpeg(name, frames, [...flags, "-movflags", "+faststart", "-f", "mp4", file]);
    const { size } = await stat(file);
    if (size > MOST_BYTES)
      throw new FileError(name, `is larger than ${MOST_BYTES / 2 ** 20} MiB as MP4 of 512 pixels.`);
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
