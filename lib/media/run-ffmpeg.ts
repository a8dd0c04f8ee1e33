import { spawn, type ChildProcessByStdio } from "node:child_process";
import { randomBytes } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
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

/** There is no such program on this machine, or it was built without what is asked of it: nothing is wrong with the file. */
export class NoFfmpegError extends FileError {}

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
    const work = { program, name: video.name, flags: [...flags, ...before, "-i", file, ...after] };
    return await run({ ...work, verb: "decode", failureOf: whyNotRead });
  } finally {
    if (video.file === undefined) await rm(file, { force: true });
  }
}

/**
 * Runs the system's ffmpeg on raw frames that are handed to it, within the same limits.
 * @param flags all of them; pipe:0 is the frames
 * @throws FileError; NoFfmpegError
 */
export const feedFfmpeg = (
  name: string,
  frames: Iterable<Uint8Array>,
  flags: string[],
): Promise<FfmpegResult> =>
  run({
    ...{ program: "ffmpeg", name, frames, verb: "encode", failureOf: whyNotWritten },
    flags: ["-v", "error", "-nostdin", "-protocol_whitelist", "file,pipe", ...flags],
  });

interface Work {
  program: string;
  name: string;
  flags: string[];
  frames?: Iterable<Uint8Array>;
  verb: "decode" | "encode";
  /** What its complaints mean when it failed. */
  failureOf: (name: string, said: string) => FileError;
}

function run({ program, name, flags, frames, verb, failureOf }: Work): Promise<FfmpegResult> {
  return new Promise((resolve, reject) => {
    const child = spawnBounded(program, flags, frames !== undefined);
    const output: Buffer[] = [];
    let printed = 0;
    let complaint = "";
    const refuse = (why: string) => {
      child.kill("SIGKILL");
      reject(new FileError(name, why));
    };
    const { seconds } = DECODING_LIMITS;
    const late = setTimeout(() => refuse(`takes longer than ${seconds} seconds to ${verb}.`), seconds * 1000);
    // A program that ends early closes the pipe; how it ended tells why.
    if (frames && child.stdin) pipeline(Readable.from(frames), child.stdin).catch(() => {});
    child.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.length;
      if (printed > DECODING_LIMITS.output) refuse("has more or larger frames than are decoded at a time.");
      else output.push(chunk);
    });
    child.stderr.on("data", (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(0, 20_000)));
    child.on("error", (error) => {
      clearTimeout(late);
      reject(missing(program, name, verb, error));
    });
    child.on("close", (code) => {
      clearTimeout(late);
      // How a shell says that there is no such program.
      if (code === 127) return reject(missing(program, name, verb, NOT_FOUND));
      const lines = complaint.split("\n").filter((line) => line !== "");
      if (code === 0)
        resolve({ output: Buffer.concat(output), complaints: lines.filter((line) => !HARMLESS.test(line)) });
      else reject(failureOf(name, lines.join("\n")));
    });
  });
}

/**
 * Where the system bounds a process's memory, a shell sets the bound and becomes the program. Of the environment it gets what
 * programs and libraries are found by: it reads strangers' files, and has no use for secrets.
 */
function spawnBounded(program: string, flags: string[], isFed: boolean): Child {
  const options = {
    stdio: [isFed ? "pipe" : "ignore", "pipe", "pipe"] as ["pipe" | "ignore", "pipe", "pipe"],
    env: Object.fromEntries(
      ["PATH", "LD_LIBRARY_PATH"].map((name) => [name, namedVariable(name)]),
    ) as NodeJS.ProcessEnv,
  };
  if (process.platform !== "linux") return spawn(program, flags, options) as Child;
  const bound = `ulimit -v ${DECODING_LIMITS.memory / 1024}; exec "$0" "$@"`;
  return spawn("/bin/sh", ["-c", bound, program, ...flags], options) as Child;
}

type Child = ChildProcessByStdio<Writable | null, Readable, Readable>;

const NOT_FOUND = Object.assign(new Error("The shell found no such program."), { code: "ENOENT" });

const missing = (program: string, name: string, verb: Work["verb"], cause: Error) =>
  new NoFfmpegError(
    name,
    verb === "decode"
      ? `is a video: reading it needs ${program}, which is not on the PATH of this machine. GIF, animated WebP and folders of frames are read without.`
      : `is to be written as MP4: that needs ${program}, which is not on the PATH of this machine (apt-get install ffmpeg, brew install ffmpeg).`,
    { cause },
  );

function whyNotRead(name: string, said: string): FileError {
  const why = (problem: string) => new FileError(name, problem);
  if (/matches no streams/.test(said)) return why("holds no video stream.");
  if (/exceeds specified max pixel count/.test(said))
    return why(`has frames of more than ${DECODING_LIMITS.pixels / 2 ** 20} megapixels.`);
  if (/Cannot allocate memory/.test(said)) return why("needs more memory to decode than it is given.");
  return why(`is damaged or no video: ${firstOf(said)}`);
}

function whyNotWritten(name: string, said: string): FileError {
  return /Unknown encoder/.test(said)
    ? new NoFfmpegError(name, "is to be written as MP4: this machine's ffmpeg cannot (it has no libx264).")
    : new FileError(name, `could not be written as MP4: ${firstOf(said)}`);
}

const firstOf = (said: string) => said.split("\n")[0] || "ffmpeg said nothing.";
