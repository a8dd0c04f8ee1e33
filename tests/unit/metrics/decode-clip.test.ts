import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decodeClip, listClips } from "@/lib/feature-extractors/decode-clip";

let folder: string;
const frame = (i: number) =>
  sharp({ create: { width: 16, height: 12, channels: 3, background: { r: 20 * i, g: 200, b: 40 } } });
const hasFfmpeg = spawnSync("ffmpeg", ["-version"]).status === 0;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "salon-clips-"));
  await mkdir(path.join(folder, "frames"));
  for (let i = 0; i < 12; i++) {
    await writeFile(
      path.join(folder, "frames", `${String(i).padStart(2, "0")}.png`),
      await frame(i).png().toBuffer(),
    );
  }
  const frames = await Promise.all(Array.from({ length: 12 }, (_, i) => frame(i).raw().toBuffer()));
  const tall = sharp(Buffer.concat(frames), { raw: { width: 16, height: 144, channels: 3, pageHeight: 12 } });
  await tall.clone().gif().toFile(path.join(folder, "a.gif"));
  await tall.clone().webp({ lossless: true }).toFile(path.join(folder, "b.webp"));
  if (hasFfmpeg) {
    const input = path.join(folder, "frames", "%02d.png");
    spawnSync("ffmpeg", [
      "-v",
      "error",
      "-i",
      input,
      "-c:v",
      "libx264",
      "-crf",
      "1",
      "-pix_fmt",
      "yuv444p",
      path.join(folder, "c.mp4"),
    ]);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("clips", () => {
  test("animations, videos and folders of frames give the same frames in order", async () => {
    const clips = await listClips(folder);
    expect(clips.map(({ name }) => name)).toEqual([
      "a.gif",
      "b.webp",
      ...(hasFfmpeg ? ["c.mp4"] : []),
      "frames",
    ]);
    for (const clip of clips) {
      const frames = await decodeClip(clip, 10);
      expect(frames.map(({ width, height }) => [width, height])).toEqual(Array(10).fill([16, 12]));
      // The palette of a GIF and the colour space of a video round by a few levels.
      frames.forEach(({ data }, i) => expect(Math.abs(data[0] - 20 * i), clip.name).toBeLessThan(5));
    }
  });

  test("too few frames, a damaged file and a stray file are named", async () => {
    const [clip] = await listClips(folder);
    await expect(decodeClip(clip, 16)).rejects.toThrow(/a\.gif: has 12 frames, but 16 are needed/);
    const stray = path.join(folder, "frames");
    await expect(listClips(stray)).rejects.toThrow(/00\.png: is no clip/);
    const damaged = path.join(folder, "bad.gif");
    await writeFile(damaged, "GIF89a and nothing");
    await expect(decodeClip({ name: "bad.gif", path: damaged }, 10)).rejects.toThrow(/bad\.gif: is damaged/);
    await rm(damaged);
  });
});
