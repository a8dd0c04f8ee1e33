import { spawn } from "node:child_process";
import sharp from "sharp";
import { animatedWebp, changedArea } from "@/generation/clips/animated-webp";
import { CLIP_FPS } from "@/lib/schemas/stack/clip";

export const VIDEO_FORMATS = ["webp", "mp4"] as const;
export type VideoFileFormat = (typeof VIDEO_FORMATS)[number];
export const VIDEO_MEDIA_TYPES: Record<VideoFileFormat, string> = { webp: "image/webp", mp4: "video/mp4" };

/** A clip: square frames of `size` pixels, interleaved 8-bit RGB one after the other, 8 a second. */
export interface ClipPixels {
  rgb: Uint8Array;
  size: number;
}

/**
 * A clip as an animated WebP, lossless and without metadata, shown again and again. Every frame is kept, those that are equal to the one
 * before too: whoever measures clips takes frames by their places.
 */
export async function encodeWebp({ rgb, size }: ClipPixels): Promise<Buffer> {
  const length = 3 * size * size;
  const frames = Array.from({ length: rgb.length / length }, (_, at) =>
    rgb.subarray(at * length, (at + 1) * length),
  );
  const drawn = frames.map(async (frame, at) => {
    const whole = { left: 0, top: 0, width: size, height: size };
    const area = at === 0 ? whole : changedArea(frames[at - 1], frame, size);
    const file = await sharp(frame, { raw: { width: size, height: size, channels: 3 } })
      .extract(area)
      // Effort 2 takes a quarter of the usual 4's time for a twentieth more bytes.
      .webp({ lossless: true, effort: 2 })
      .toBuffer();
    return { area, file };
  });
  return animatedWebp(await Promise.all(drawn), size, 1000 / CLIP_FPS);
}

/** Why there is no MP4: no program that makes it, or one that cannot. */
export class NoMp4Error extends Error {}

/** A clip of 64x64 takes it a tenth of a second. */
const ENCODING_LIMIT_MS = 30_000;
const COMPLAINT_LIMIT = 2_000;

/**
 * A clip as an MP4 with H.264 of nearly no loss, of 4:2:0 colour, which every player reads. The system's ffmpeg gets the frames and
 * gives the file through pipes; the file is in fragments, since the program cannot go back in a pipe.
 * @throws NoMp4Error when there is no such program, or it cannot
 */
export function encodeMp4(clip: ClipPixels, ffmpeg: string, signal: AbortSignal): Promise<Buffer> {
  const { rgb, size } = clip;
  const input = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-video_size", `${size}x${size}`];
  const coding = [
    "-c:v",
    "libx264",
    "-crf",
    "8",
    "-preset",
    "medium",
    "-pix_fmt",
    "yuv420p",
    "-threads",
    "1",
  ];
  const plain = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact"];
  const file = ["-movflags", "frag_keyframe+empty_moov+default_base_moof", "-f", "mp4"];
  const flags = [
    "-v",
    "error",
    ...input,
    "-framerate",
    String(CLIP_FPS),
    "-i",
    "pipe:0",
    ...coding,
    ...plain,
    ...file,
    "pipe:1",
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(ffmpeg, flags, {
      stdio: ["pipe", "pipe", "pipe"],
      timeout: ENCODING_LIMIT_MS,
      killSignal: "SIGKILL",
      signal,
    });
    const output: Buffer[] = [];
    let complaint = "";
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(0, COMPLAINT_LIMIT);
    });
    child.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" || error.code === "EACCES") reject(new NoMp4Error("there is no ffmpeg"));
      else reject(error);
    });
    child.on("close", (code) => {
      if (code === 0) resolve(Buffer.concat(output));
      else reject(new NoMp4Error(`ffmpeg failed: ${complaint.split("\n")[0] || "it said nothing"}`));
    });
    // A program that ends early closes the pipe; how it ended tells why.
    child.stdin.on("error", () => {});
    child.stdin.end(rgb);
  });
}
