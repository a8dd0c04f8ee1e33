import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Video } from "@/lib/media/video-source";
import { DEMUXERS, isContainer, sniffVideoFormat } from "@/lib/media/video-format";
import { FileError } from "@/lib/media/files/file-error";

/** What ffmpeg printed, and what it complained of although it came to an end. */
export interface FfmpegResult {
  output: Buffer;
  complaints: string[];
}

/** Said of files that are whole: times that do not rise, formats by an old name. */
const HARMLESS = /non.?monoton|deprecated|swscaler|unsupported|Unknown|Could not find codec parameters/i;

/**
 * Runs the system's ffmpeg or ffprobe on a video and gives what it printed. The demuxer is the one that the first bytes
 * tell, and files are the only protocol: a playlist in a video's clothes opens nothing.
 * @param flags before and after the input
 * @throws FileError naming the video: damaged, or the program is not there
 */
export async function runFfmpeg(
  program: "ffmpeg" | "ffprobe",
  video: Video,
  { before = [], after = [] }: { before?: string[]; after?: string[] },
): Promise<FfmpegResult> {
  const format = sniffVideoFormat(video.bytes);
  if (!isContainer(format)) throw new FileError(video.name, "is no video file.");
  const demuxer = DEMUXERS[format];
  const file = video.file ?? path.join(tmpdir(), `salon-video-${randomBytes(8).toString("hex")}`);
  if (video.file === undefined) await writeFile(file, video.bytes, { flag: "wx", mode: 0o600 });
  try {
    const flags = ["-v", "error", "-protocol_whitelist", "file", "-f", demuxer];
    return await run(program, video.name, [...flags, ...before, "-i", file, ...after]);
  } finally {
    if (video.file === undefined) await rm(file, { force: true });
  }
}

function run(program: string, name: string, flags: string[]): Promise<FfmpegResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, flags, { stdio: ["ignore", "pipe", "pipe"] });
    const output: Buffer[] = [];
    let complaint = "";
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
    child.on("error", (error) =>
      reject(
        new FileError(
          name,
          `is a video: reading it needs ${program}, which is not on the PATH of this machine. GIF, animated WebP and folders of frames are read without.`,
          { cause: error },
        ),
      ),
    );
    child.on("close", (code) => {
      const lines = complaint.split("\n").filter((line) => line !== "");
      if (code === 0)
        resolve({ output: Buffer.concat(output), complaints: lines.filter((line) => !HARMLESS.test(line)) });
      else reject(new FileError(name, `is damaged or no video: ${complaint.split("\n")[0]}`));
    });
  });
}
