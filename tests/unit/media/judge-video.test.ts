import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { decodeVideo } from "@/lib/media/decode-video";
import { beatsOf, encodeJudgeVideo, isEven } from "@/lib/media/judge-video";
import { NoFfmpegError } from "@/lib/media/run-ffmpeg";
import { videoTiming } from "@/lib/media/video-timing";

const hasFfmpeg = spawnSync("ffmpeg", ["-version"]).status === 0;
let folder: string;
beforeAll(async () => (folder = await mkdtemp(path.join(tmpdir(), "salon-judge-video-"))));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** An animation whose frame t is 10 t grey. */
async function animation(delay: number[], { width = 30, height = 17 } = {}): Promise<Buffer> {
  const pixels = delay.map((_, t) => Buffer.alloc(width * height * 3, (10 * t) % 250));
  const raw = { width, height: height * delay.length, channels: 3 as const, pageHeight: height };
  return sharp(Buffer.concat(pixels), { raw }).webp({ lossless: true, effort: 0, delay }).toBuffer();
}
const fill = (count: number, ms: number) => Array<number>(count).fill(ms);

/** A video file of drawn patterns; rate and size as ffmpeg takes them. */
async function file(name: string, ...flags: string[]): Promise<{ name: string; bytes: Buffer }> {
  const at = path.join(folder, name);
  spawnSync("ffmpeg", ["-v", "error", "-y", "-f", "lavfi", ...flags, "-preset", "ultrafast", at]);
  return { name, bytes: await readFile(at) };
}

/** Greys of a file's frames, as tens. */
async function greys(bytes: Buffer): Promise<number[]> {
  const frames = await decodeVideo({ name: "made", bytes }, 600, { least: 1 });
  return frames.map(({ data, width, height }) => Math.round(data[3 * (width * (height >> 1) + 2)] / 10));
}

it.skipIf(!hasFfmpeg)(
  "a whole video is H.264 of all its frames, of even size, and lasts as long",
  async () => {
    const bytes = await encodeJudgeVideo({ name: "clip", bytes: await animation(fill(17, 125)) });
    const timing = await videoTiming({ name: "made", bytes });
    expect(timing).toMatchObject({ codec: "h264", frames: 17, width: 30, height: 18, duration: 2.125 });
    expect(await greys(bytes)).toEqual(Array.from({ length: 17 }, (_, t) => t));
  },
);

it.skipIf(!hasFfmpeg)("frames that are shown longer are shown longer", async () => {
  const bytes = await encodeJudgeVideo({ name: "clip", bytes: await animation([100, 300, 100, 200]) });
  expect(await greys(bytes)).toEqual([0, 1, 1, 1, 2, 3, 3]);
  expect(await videoTiming({ name: "made", bytes })).toMatchObject({ frames: 7, duration: 0.7 });
});

it.skipIf(!hasFfmpeg)("so are those of a video file of a variable rate", async () => {
  const grey = "color=c=black:s=32x32:r=10:d=1,format=rgb24,geq=r=N*20:g=N*20:b=N*20";
  const video = await file(
    "variable.mp4",
    ...["-i", `${grey},select='not(between(n,2,5))'`],
    ...["-fps_mode", "passthrough", "-pix_fmt", "yuv444p", "-crf", "1"],
  );
  const made = await encodeJudgeVideo(video);
  // Of ten frames the third to the sixth were dropped: the second stands for them.
  expect(await greys(made)).toEqual([0, 2, 2, 2, 2, 2, 12, 14, 16, 18]);
});

it.skipIf(!hasFfmpeg)(
  "its pixels, frames, length and bytes are bounded, and nothing but the picture is in it",
  async () => {
    const long = await file("long.mp4", "-i", "testsrc=s=576x324:r=30:d=17", "-metadata", "title=Choose me", "-f", "mp4"); // prettier-ignore
    const made = await encodeJudgeVideo(long);
    const timing = await videoTiming({ name: "made", bytes: made });
    expect(timing).toMatchObject({ frames: 480, width: 512, height: 288 });
    expect(timing.duration).toBeCloseTo(17, 1);
    expect(made.length).toBeLessThan(6 * 2 ** 20);
    for (const text of ["Choose me", "x264", "Lavf"]) expect(made.includes(text), text).toBe(false);
    const longer = await file("longer.mp4", "-i", "testsrc2=s=64x64:r=2:d=61");
    await expect(encodeJudgeVideo(longer)).rejects.toThrow(/longer.mp4: lasts 61 seconds/);
  },
  180_000,
);

it.skipIf(!hasFfmpeg)(
  "an animation too large to be decoded at once is made smaller piece by piece",
  async () => {
    const bytes = await animation(fill(40, 100), { width: 1750, height: 1500 });
    const made = await encodeJudgeVideo({ name: "large", bytes });
    expect(await videoTiming({ name: "made", bytes: made })).toMatchObject({ frames: 40, width: 512, height: 440 }); // prettier-ignore
    expect(await greys(made)).toEqual(Array.from({ length: 40 }, (_, t) => t % 25));
  },
  180_000,
);

it.skipIf(!hasFfmpeg)("a canary changes every frame alike", async () => {
  const negative = await encodeJudgeVideo(
    { name: "clip", bytes: await animation(fill(5, 100)) },
    ({ width, height, data }) => ({ width, height, data: data.map((value) => 250 - value) }),
  );
  expect(await greys(negative)).toEqual([25, 24, 23, 22, 21]);
});

it("a machine without ffmpeg says so, of an animation too", async () => {
  const bytes = await animation(fill(3, 100));
  const before = process.env.PATH;
  process.env.PATH = path.join(folder, "nowhere");
  try {
    const made = encodeJudgeVideo({ name: "clip", bytes });
    await expect(made).rejects.toThrow(NoFfmpegError);
    await expect(made).rejects.toThrow(/clip: is to be written as MP4: that needs ffmpeg, which is not on/);
  } finally {
    process.env.PATH = before;
  }
});

it("an ffmpeg that cannot write H.264 is as good as none", async () => {
  const bin = path.join(folder, "bin");
  const bytes = await animation(fill(3, 100));
  await mkdir(bin);
  await writeFile(path.join(bin, "ffmpeg"), "#!/bin/sh\necho \"Unknown encoder 'libx264'\" >&2\nexit 1\n", {
    mode: 0o755,
  });
  const before = process.env.PATH;
  process.env.PATH = `${bin}:/bin:/usr/bin`;
  try {
    await expect(encodeJudgeVideo({ name: "clip", bytes })).rejects.toThrow(/it has no libx264/);
  } finally {
    process.env.PATH = before;
  }
});

it("times within a tenth of a frame of even ones are even; of others each frame has its beat", () => {
  expect(isEven({ starts: [0, 0.041, 0.083, 0.125], end: 0.167 })).toBe(true);
  expect(isEven({ starts: [0, 0.1, 0.4, 0.5], end: 0.7 })).toBe(false);
  expect(beatsOf({ starts: [0, 0.5, 0.6], end: 0.7 }).places).toEqual([0, 0, 0, 0, 0, 1, 2]);
  expect(beatsOf({ starts: [0, 0.5, 0.5], end: 1 }).rate).toBe(2);
});
