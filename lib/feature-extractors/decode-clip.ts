import { spawn } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import type { DecodedImage } from "@/lib/feature-extractors/decode-image";
import { DEFAULT_MAX_PIXELS, decodeImage } from "@/lib/feature-extractors/decode-image";
import { FileError } from "@/lib/feature-extractors/files/file-error";

// decodeImage lets nothing but PNG, JPEG and WebP through by their first bytes, so this widens clips only.
sharp.unblock({ operation: ["VipsForeignLoadNsgif"] });

const ANIMATIONS = new Set([".gif", ".webp"]);
const VIDEOS = new Set([".mp4", ".webm", ".mov", ".mkv"]);

/** A clip of a folder: an animation, a video, or a sub-folder of frames. */
export interface ClipFile {
  name: string;
  path: string;
}

/**
 * Clips of a folder, by name: every .gif, animated .webp, .mp4, .webm, .mov or .mkv file, or every sub-folder
 * of frames (PNG, JPEG, WebP in name order).
 * @throws FileError naming what is neither
 */
export async function listClips(folder: string): Promise<ClipFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw new FileError(folder, "is not a folder of clips.", { cause: error });
  });
  const clips = entries
    .filter(({ name }) => !name.startsWith("."))
    .map((entry) => {
      const full = path.join(folder, entry.name);
      const extension = path.extname(entry.name).toLowerCase();
      if (!entry.isDirectory() && !ANIMATIONS.has(extension) && !VIDEOS.has(extension)) {
        throw new FileError(full, "is no clip (.mp4, .webm, .mov, .mkv, .gif, .webp or a folder of frames).");
      }
      return { name: entry.name, path: full };
    });
  if (clips.length === 0) throw new FileError(folder, "holds no clips.");
  return clips.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Whether a clip is a video by its name: read by the system's ffmpeg, where an animation is not. */
export const isVideo = ({ name }: ClipFile): boolean => VIDEOS.has(path.extname(name).toLowerCase());

/**
 * The first `frames` frames of a clip.
 * @throws FileError naming the clip: too few frames, damaged, frames of several sizes, no ffmpeg for a video
 */
export async function decodeClip(clip: ClipFile, frames: number): Promise<DecodedImage[]> {
  const extension = path.extname(clip.name).toLowerCase();
  const decoded = isVideo(clip)
    ? await videoFrames(clip.path, frames)
    : ANIMATIONS.has(extension)
      ? await animationFrames(clip.path, frames)
      : await folderFrames(clip.path, frames);
  if (decoded.length < frames) {
    throw new FileError(clip.path, `has ${decoded.length} frames, but ${frames} are needed.`);
  }
  const [{ width, height }] = decoded;
  if (decoded.some((frame) => frame.width !== width || frame.height !== height)) {
    throw new FileError(clip.path, "has frames of several sizes.");
  }
  return decoded;
}

async function folderFrames(folder: string, frames: number): Promise<DecodedImage[]> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith(".")).sort();
  return Promise.all(
    names.slice(0, frames).map(async (name) => {
      const file = path.join(folder, name);
      return decodeImage(await readFile(file), { name: file });
    }),
  );
}

async function animationFrames(file: string, frames: number): Promise<DecodedImage[]> {
  try {
    const bytes = await readFile(file);
    const { pages = 1 } = await sharp(bytes).metadata();
    const wanted = Math.min(pages, frames);
    const { data, info } = await sharp(bytes, {
      pages: wanted,
      failOn: "error",
      limitInputPixels: DEFAULT_MAX_PIXELS,
    })
      .removeAlpha()
      .toColourspace("srgb")
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    // Frames come as one tall picture.
    const height = info.height / wanted;
    const size = info.width * height * 3;
    return Array.from({ length: wanted }, (_, i) => ({
      width: info.width,
      height,
      data: data.subarray(i * size, (i + 1) * size),
      format: "webp",
    }));
  } catch (error) {
    throw new FileError(file, "is damaged or no animation.", { cause: error });
  }
}

/** Frames of a video by the system's ffmpeg, which writes them as PPM pictures to a pipe. */
function videoFrames(file: string, frames: number): Promise<DecodedImage[]> {
  return new Promise((resolve, reject) => {
    const flags = ["-v", "error", "-nostdin", "-protocol_whitelist", "file", "-i", file, "-map", "0:v:0"];
    const child = spawn(
      "ffmpeg",
      [...flags, "-frames:v", String(frames), "-f", "image2pipe", "-c:v", "ppm", "-"],
      {
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    const output: Buffer[] = [];
    let complaint = "";
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
    child.on("error", (error) =>
      reject(new FileError(file, "needs ffmpeg, which is not on the PATH.", { cause: error })),
    );
    child.on("close", (code) => {
      if (code !== 0) reject(new FileError(file, `is damaged or no video: ${complaint.split("\n")[0]}`));
      else resolve(parsePpm(Buffer.concat(output), file));
    });
  });
}

/** Concatenated binary PPM pictures of 8 bits. */
function parsePpm(bytes: Buffer, file: string): DecodedImage[] {
  const frames: DecodedImage[] = [];
  for (let at = 0; at < bytes.length;) {
    const header = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString("latin1", at, at + 64));
    if (!header) throw new FileError(file, "gave frames that cannot be read.");
    const [width, height] = [Number(header[1]), Number(header[2])];
    const start = at + header[0].length;
    at = start + width * height * 3;
    frames.push({ width, height, data: bytes.subarray(start, at), format: "png" });
  }
  return frames;
}
