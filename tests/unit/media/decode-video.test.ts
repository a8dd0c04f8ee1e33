import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Video } from "@/lib/media/video-source";
import { openVideoSource } from "@/lib/media/video-source";
import { videoTiming } from "@/lib/media/video-timing";
import { decodeVideo } from "@/lib/media/decode-video";
import { DECODING_LIMITS } from "@/lib/media/run-ffmpeg";
import { writeZip } from "@/lib/media/files/zip";
import { sha256 } from "@/lib/encoders/manifest";

/** Stored lying on its side, with the word of the camera how to hold it. */
const TURNED = ["-c", "copy", "-metadata:s:v:0", "rotate=90"];

let folder: string;
const at = (name: string) => path.join(folder, name);
const frame = (i: number) =>
  sharp({ create: { width: 16, height: 12, channels: 3, background: { r: 20 * i, g: 200, b: 40 } } });
const hasFfmpeg = spawnSync("ffmpeg", ["-version"]).status === 0;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "salon-videos-"));
  // Frames whose names sort as numbers, not as text.
  await mkdir(at("set/frames"), { recursive: true });
  for (let i = 0; i < 12; i++) await writeFile(at(`set/frames/${i}.png`), await frame(i).png().toBuffer());
  const frames = await Promise.all(Array.from({ length: 12 }, (_, i) => frame(i).raw().toBuffer()));
  const tall = sharp(Buffer.concat(frames), { raw: { width: 16, height: 144, channels: 3, pageHeight: 12 } });
  const delay = Array<number>(12).fill(40);
  await tall.clone().gif({ delay }).toFile(at("set/a.gif"));
  await tall.clone().webp({ lossless: true, delay }).toFile(at("set/b.webp"));
  if (hasFfmpeg) {
    const input = ["-v", "error", "-framerate", "25", "-i", at("set/frames/%d.png")];
    const lossless = ["-c:v", "libx264", "-crf", "1", "-pix_fmt", "yuv444p"];
    spawnSync("ffmpeg", [...input, ...lossless, at("set/c.mp4")]);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function videosOf(location: string): Promise<Video[]> {
  const source = await openVideoSource(location);
  const videos = await Promise.all(source.videos.map(({ read }) => read()));
  await source.close();
  return videos;
}

/** The folder's videos as an archive holds them. */
async function zipped(name: string, rename = (file: string) => file): Promise<string> {
  const names = [...Array.from({ length: 12 }, (_, i) => `frames/${i}.png`), "a.gif", "b.webp"];
  if (hasFfmpeg) names.push("c.mp4");
  const files = names.map(async (file) => ({ name: rename(file), bytes: await readFile(at(`set/${file}`)) }));
  await writeFile(at(name), writeZip(await Promise.all(files)));
  return at(name);
}

describe("videos", () => {
  test("animations, videos and folders of frames give the same frames in order, from a folder or an archive", async () => {
    const names = ["a.gif", "b.webp", ...(hasFfmpeg ? ["c.mp4"] : []), "frames"];
    for (const location of [at("set"), await zipped("set.zip")]) {
      const videos = await videosOf(location);
      expect(videos.map(({ name }) => name)).toEqual(names.map((name) => `${location}/${name}`));
      for (const video of videos) {
        const frames = await decodeVideo(video, 12);
        expect(frames.map(({ width, height }) => [width, height])).toEqual(Array(12).fill([16, 12]));
        // The palette of a GIF and the colour space of a video round by a few levels.
        frames.forEach(({ data }, i) => expect(Math.abs(data[0] - 20 * i), video.name).toBeLessThan(5));
      }
    }
  });

  test("say how they are coded and how long they last; frames of a folder know no time", async () => {
    const timings = await Promise.all((await videosOf(at("set"))).map(videoTiming));
    const same = { frames: 12, width: 16, height: 12, delays: null };
    const timed = {
      ...same,
      duration: expect.closeTo(0.48, 3) as number,
      fps: expect.closeTo(25, 1) as number,
    };
    expect(timings).toEqual([
      { ...timed, codec: "gif" },
      { ...timed, codec: "webp" },
      ...(hasFfmpeg ? [{ ...timed, codec: "h264" }] : []),
      { ...same, codec: "png frames", duration: null, fps: null },
    ]);
  });

  test("of an animation whose frames are shown for unequal times, each one's is told", async () => {
    const frames = await Promise.all([0, 1, 2].map((i) => frame(i).raw().toBuffer()));
    const raw = { width: 16, height: 36, channels: 3 as const, pageHeight: 12 };
    const bytes = await sharp(Buffer.concat(frames), { raw })
      .webp({ delay: [100, 300, 100] })
      .toBuffer();
    expect(await videoTiming({ name: "a.webp", bytes })).toMatchObject({
      frames: 3,
      delays: [100, 300, 100],
    });
  });

  test("the same videos under other names are the same bytes", async () => {
    const hashes = async (location: string) =>
      (await videosOf(location)).map(({ bytes }) => sha256(bytes)).sort();
    const other = await zipped("other.zip", (file) => `deep/down/x-${file}`);
    expect(await hashes(other)).toEqual(await hashes(at("set")));
  });

  test("too few frames, a damaged file and a stray file are named", async () => {
    const [gif] = await videosOf(at("set"));
    await expect(decodeVideo(gif, 16)).rejects.toThrow(/a\.gif: has 12 frames, but 16 are needed/);
    await expect(openVideoSource(at("set/frames"))).rejects.toThrow(
      /frames\/0\.png: is no video but an image, and it lies in no folder of its own/,
    );
    await mkdir(at("stray/frames"), { recursive: true });
    await writeFile(at("stray/notes.txt"), "hello");
    await expect(openVideoSource(at("stray"))).rejects.toThrow(/notes\.txt: is no video \(a video/);
    await rm(at("stray/notes.txt"));
    await writeFile(at("stray/frames/0.png"), await frame(0).png().toBuffer());
    await writeFile(at("stray/frames/1.png"), "no image");
    await expect(videosOf(at("stray"))).rejects.toThrow(/frames\/1\.png: is not a PNG, JPEG or WebP image/);
    const damaged = { name: "bad.gif", bytes: Buffer.from("GIF89a and nothing") };
    await expect(decodeVideo(damaged, 10)).rejects.toThrow(/bad\.gif: is damaged/);
    const text = { name: "bad.mp4", bytes: Buffer.from("#EXTM3U\nfile:///etc/hostname") };
    await expect(decodeVideo(text, 10)).rejects.toThrow(/bad\.mp4: is no video/);
  });

  test.skipIf(!hasFfmpeg)(
    "odd ones are refused with their reason, or read within bounds: too large, sound alone, cut short, endless, growing, turned",
    async () => {
      const make = async (name: string, flags: string[]): Promise<Video> => {
        spawnSync("ffmpeg", ["-v", "error", "-y", ...flags, at(name)]);
        return { name, bytes: await readFile(at(name)), file: at(name) };
      };
      const drawn = (size: string, seconds: number, rate = 5) => [
        ...["-f", "lavfi", "-i", `testsrc=size=${size}:rate=${rate}:duration=${seconds}`],
        ...["-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast"],
      ];
      const large = await make("large.mp4", drawn("5120x3456", 0.4));
      await expect(decodeVideo(large, 2)).rejects.toThrow(
        "large.mp4: has frames of more than 16 megapixels.",
      );
      await expect(videoTiming(large)).rejects.toThrow("has frames of more than 16 megapixels.");
      const sound = await make("sound.mp4", ["-f", "lavfi", "-i", "sine=duration=1", "-c:a", "aac"]);
      await expect(decodeVideo(sound, 2)).rejects.toThrow("sound.mp4: holds no video stream.");
      await expect(videoTiming(sound)).rejects.toThrow("holds no video stream.");
      const short = await make("short.mp4", drawn("64x48", 0.2));
      await expect(decodeVideo(short, 2)).rejects.toThrow("short.mp4: has 1 frames, but 2 are needed.");
      // The index of an MP4 stands at its end.
      const cut = { name: "cut.mp4", bytes: short.bytes.subarray(0, short.bytes.length - 300) };
      await expect(decodeVideo(cut, 1)).rejects.toThrow(/cut\.mp4: is damaged/);
      const endless = await make("endless.mp4", drawn("64x48", 600));
      expect(await decodeVideo(endless, 3)).toHaveLength(3);
      const [first, second] = [await make("1.ts", drawn("64x48", 1)), await make("2.ts", drawn("96x48", 1))];
      const grows = { name: "grows.ts", bytes: Buffer.concat([first.bytes, second.bytes]) };
      expect(await decodeVideo(grows, 8)).toMatchObject(Array(8).fill({ width: 64, height: 48 }));
      const turned = await make("turned.mp4", [...["-i", at("endless.mp4"), "-t", "1"], ...TURNED]);
      expect(await decodeVideo(turned, 2)).toMatchObject(Array(2).fill({ width: 48, height: 64 }));
      expect(await videoTiming(turned)).toMatchObject({ width: 48, height: 64 });
    },
  );

  test("more decoded frames than fit in memory at a time are refused while they are decoded", async ({
    skip,
  }) => {
    if (!hasFfmpeg) skip();
    const before = DECODING_LIMITS.output;
    DECODING_LIMITS.output = 3_000;
    try {
      const video = { name: "c.mp4", bytes: await readFile(at("set/c.mp4")) };
      await expect(decodeVideo(video, 12)).rejects.toThrow(
        "c.mp4: has more or larger frames than are decoded at a time.",
      );
      expect(await decodeVideo(video, 4)).toHaveLength(4);
    } finally {
      DECODING_LIMITS.output = before;
    }
  });

  test("a video says what it lacks where ffmpeg is missing, and the others are read without", async () => {
    const before = process.env.PATH;
    process.env.PATH = at("nowhere");
    try {
      const head = Buffer.from("\0\0\0\x18ftypisom", "latin1");
      await expect(decodeVideo({ name: "v.mp4", bytes: head }, 4)).rejects.toThrow(
        /v\.mp4: is a video: reading it needs ffmpeg, which is not on the PATH/,
      );
      await expect(videoTiming({ name: "v.mp4", bytes: head })).rejects.toThrow(/needs ffprobe/);
      // What tells the machine's fault from the file's.
      await expect(decodeVideo({ name: "v.mp4", bytes: head }, 4)).rejects.toMatchObject({
        cause: { code: "ENOENT" },
      });
      const videos = (await videosOf(at("set"))).filter(({ name }) => !name.endsWith(".mp4"));
      for (const video of videos) expect(await decodeVideo(video, 4)).toHaveLength(4);
    } finally {
      process.env.PATH = before;
    }
  });
});
