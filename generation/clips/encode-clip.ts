import { spawn } from "node:child_process";
import sharp from "sharp";
import { CLIP_FPS } from "@/lib/schemas/stack/clip";

export const VIDEO_FORMATS = ["webp", "mp4"] as const;
export type VideoFileFormat = (typeof VIDEO_FORMATS)[number];
export const VIDEO_MEDIA_TYPES: Record<VideoFileFormat, string> = { webp: "image/webp", mp4: "video/mp4" };

/** A clip: square frames of `size` pixels, interleaved 8-bit RGB one after the other, 8 a second. */
export interface ClipPixels {
  rgb: Uint8Array;
  size: number;
}

const countFrames = ({ rgb, size }: ClipPixels) => rgb.length / (3 * size * size);

/**
 * A clip as an animated WebP, lossless and without metadata, shown again and again. libwebp keeps frames that are equal to the last bit as
 * one that is shown longer; a clip of nothing but equal frames is a still image.
 */
export function encodeWebp(clip: ClipPixels): Promise<Buffer> {
  const { rgb, size } = clip;
  const frames = countFrames(clip);
  return (
    sharp(rgb, { raw: { width: size, height: size * frames, channels: 3, pageHeight: size } })
      // Effort 2 takes a quarter of the usual 4's time for a twentieth more bytes.
      .webp({ lossless: true, effort: 2, delay: new Array<number>(frames).fill(1000 / CLIP_FPS), loop: 0 })
      .toBuffer()
  );
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
