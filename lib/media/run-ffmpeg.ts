import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { namedVariable } from "@/lib/env";
import { DEFAULT_MAX_PIXELS } from "@/lib/media/decode-image";
import type { Video } from "@/lib/media/video-source";
import { DEMUXERS, isContainer, sniffVideoFormat } from "@/lib/media/video-format";
import { FileError } from "@/lib/media/files/file-error";

/** What ffmpeg printed, and what it complained of although it came to an end. */
export interface FfmpegResult {
  output: Buffer;
  complaints: string[];
}

/** What the program may take, whatever the file asks for. Frames of 17 seconds at 4K are 0.4 GB. */
export const DECODING_LIMITS = {
  /** Of a frame; more is refused before it is decoded. */
  pixels: DEFAULT_MAX_PIXELS,
  seconds: 60,
  /** Bytes that it may print: decoded frames. */
  output: 2 ** 30,
  /** Bytes of address space, where the system can bound it. */
  memory: 4 * 2 ** 30,
};

/** Said of files that are whole: times that do not rise, formats by an old name. */
const HARMLESS = /non.?monoton|deprecated|swscaler|unsupported|Unknown|Could not find codec parameters/i;

/**
 * Runs the system's ffmpeg or ffprobe on a video and gives what it printed. The demuxer is the one that the first bytes
 * tell, and files are the only protocol: a playlist in a video's clothes opens nothing.
 * @param flags before and after the input
 * @throws FileError naming the video: damaged, beyond DECODING_LIMITS, or the program is not there
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
    const bounds = ["-max_pixels", String(DECODING_LIMITS.pixels)];
    const flags = ["-v", "error", "-protocol_whitelist", "file", ...bounds, "-f", demuxer];
    return await run(program, video.name, [...flags, ...before, "-i", file, ...after]);
  } finally {
    if (video.file === undefined) await rm(file, { force: true });
  }
}

function run(program: string, name: string, flags: string[]): Promise<FfmpegResult> {
  return new Promise((resolve, reject) => {
    const child = spawnBounded(program, flags);
    const output: Buffer[] = [];
    let printed = 0;
    let complaint = "";
    const refuse = (why: string) => {
      child.kill("SIGKILL");
      reject(new FileError(name, why));
    };
    const { seconds } = DECODING_LIMITS;
    const late = setTimeout(() => refuse(`takes longer than ${seconds} seconds to decode.`), seconds * 1000);
    child.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.length;
      if (printed > DECODING_LIMITS.output) refuse("has more or larger frames than are decoded at a time.");
      else output.push(chunk);
    });
    child.stderr.on("data", (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(0, 20_000)));
    child.on("error", (error) => {
      clearTimeout(late);
      reject(missing(program, name, error));
    });
    child.on("close", (code) => {
      clearTimeout(late);
      // How a shell says that there is no such program.
      if (code === 127) return reject(missing(program, name, NOT_FOUND));
      const lines = complaint.split("\n").filter((line) => line !== "");
      if (code === 0)
        resolve({ output: Buffer.concat(output), complaints: lines.filter((line) => !HARMLESS.test(line)) });
      else reject(new FileError(name, failureOf(lines)));
    });
  });
}

/**
 * Where the system bounds a process's memory, a shell sets the bound and becomes the program. Of the environment it gets what
 * programs and libraries are found by: it reads strangers' files, and has no use for secrets.
 */
function spawnBounded(program: string, flags: string[]) {
  const options = {
    stdio: ["ignore", "pipe", "pipe"] as ["ignore", "pipe", "pipe"],
    env: Object.fromEntries(
      ["PATH", "LD_LIBRARY_PATH"].map((name) => [name, namedVariable(name)]),
    ) as NodeJS.ProcessEnv,
  };
  if (process.platform !== "linux") return spawn(program, flags, options);
  const bound = `ulimit -v ${DECODING_LIMITS.memory / 1024}; exec "$0" "$@"`;
  return spawn("/bin/sh", ["-c", bound, program, ...flags], options);
}

const NOT_FOUND = Object.assign(new Error("The shell found no such program."), { code: "ENOENT" });

const missing = (program: string, name: string, cause: Error) =>
  new FileError(
    name,
    `is a video: reading it needs ${program}, which is not on the PATH of this machine. GIF, animated WebP and folders of frames are read without.`,
    { cause },
  );

function failureOf(lines: string[]): string {
  const said = lines.join("\n");
  if (/matches no streams/.test(said)) return "holds no video stream.";
  if (/exceeds specified max pixel count/.test(said))
    return `has frames of more than ${DECODING_LIMITS.pixels / 2 ** 20} megapixels.`;
  if (/Cannot allocate memory/.test(said)) return "needs more memory to decode than it is given.";
  return `is damaged or no video: ${lines[0] ?? "it gave nothing."}`;
}
