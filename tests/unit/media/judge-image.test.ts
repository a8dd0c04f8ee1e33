import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { animatedWebp } from "@/generation/clips/animated-webp";
import { putArtifact } from "@/lib/artifacts/store";
import { decodeVideo } from "@/lib/media/decode-video";
import { readForJudge } from "@/lib/media/judge-image";

const hasFfmpeg = spawnSync("ffmpeg", ["-version"]).status === 0;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "salon-judge-image-"));
  process.env.SALON_DATA_DIR = folder;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Frame t is 10 t red. */
const drawn = (t: number, width = 16, height = 8) =>
  sharp({ create: { width, height, channels: 3, background: { r: 10 * t, g: 0, b: 90 } } });

async function animation(frames: number, format: "webp" | "gif"): Promise<Buffer> {
  const pixels = await Promise.all(Array.from({ length: frames }, (_, t) => drawn(t).raw().toBuffer()));
  const tall = sharp(Buffer.concat(pixels), {
    raw: { width: 16, height: 8 * frames, channels: 3, pageHeight: 8 },
  });
  const delay = Array<number>(frames).fill(100);
  return (format === "gif" ? tall.gif({ delay }) : tall.webp({ lossless: true, delay })).toBuffer();
}

async function mp4(frames: number): Promise<Buffer> {
  for (let t = 0; t < frames; t++) await drawn(t).toFile(path.join(folder, `${t}.png`));
  const lossless = ["-c:v", "libx264", "-crf", "1", "-pix_fmt", "yuv444p"];
  const file = path.join(folder, "video.mp4");
  spawnSync("ffmpeg", ["-v", "error", "-y", "-i", path.join(folder, "%d.png"), ...lossless, file]);
  return readFile(file);
}

/** Which frames the judge is shown, by their red. */
async function shownFrames(bytes: Buffer): Promise<number[]> {
  const shown = await readForJudge(await putArtifact(bytes), "frames");
  const reds = shown.files.map(async (png) => {
    expect((await sharp(png).metadata()).format).toBe("png");
    return Math.round((await sharp(png).raw().toBuffer())[0] / 10);
  });
  return Promise.all(reds);
}

it.each([
  [17, [0, 2, 5, 7, 9, 11, 14, 16]],
  [8, [0, 1, 2, 3, 4, 5, 6, 7]],
  [9, [0, 1, 2, 3, 5, 6, 7, 8]],
  [5, [0, 1, 2, 3, 4]],
  [2, [0, 1]],
])(
  "of a video of %d frames a judge is shown eight, evenly spaced, the first and the last among them; of fewer each once",
  async (frames, wanted) => {
    expect(await shownFrames(await animation(frames, "webp"))).toEqual(wanted);
    expect(await shownFrames(await animation(frames, "gif"))).toEqual(wanted);
  },
);

it.skipIf(!hasFfmpeg)("of a video file the same, by ffmpeg", async () => {
  expect(await shownFrames(await mp4(17))).toEqual([0, 2, 5, 7, 9, 11, 14, 16]);
});

it("an image is one PNG, at most 1,024 pixels long; a frame at most 512", async () => {
  const drawing = await putArtifact(await drawn(3, 2048, 1024).png().toBuffer());
  const [image] = (await readForJudge(drawing, "image")).files;
  expect(await sharp(image).metadata()).toMatchObject({ format: "png", width: 1024, height: 512 });
  const size = 1024;
  const file = await drawn(3, size, size).webp({ lossless: true }).toBuffer();
  const area = { left: 0, top: 0, width: size, height: size };
  const video = animatedWebp(
    [
      { area, file },
      { area, file },
    ],
    size,
    100,
  );
  const { files: frames } = await readForJudge(await putArtifact(video), "frames");
  expect(frames).toHaveLength(2);
  expect(await sharp(frames[0]).metadata()).toMatchObject({ format: "png", width: 512, height: 512 });
});

it("a defect is planted into every frame alike", async () => {
  const hash = await putArtifact(await animation(17, "webp"));
  const negative = await readForJudge(hash, "frames", ({ width, height, data }) => ({
    ...{ width, height },
    data: data.map((value) => 255 - value),
  }));
  const first = await Promise.all(
    negative.files.map(async (png) => [...(await sharp(png).raw().toBuffer())].slice(0, 3)),
  );
  expect(first).toEqual([0, 2, 5, 7, 9, 11, 14, 16].map((t) => [255 - 10 * t, 255, 165]));
});

it("a video that cannot be read says why", async () => {
  const still = await putArtifact(await drawn(1).webp().toBuffer());
  await expect(readForJudge(still, "frames")).rejects.toThrow("The stored video: is no video");
});

it("of an animation too large to be decoded at once, the same frames come one by one", async () => {
  const size = 1280;
  const frames = 60;
  const whole = { left: 0, top: 0, width: size, height: size };
  const dot = { left: 0, top: 0, width: 2, height: 2 };
  const made = Array.from({ length: frames }, async (_, t) => {
    const area = t === 0 ? whole : dot;
    return {
      area,
      file: await drawn(t % 25, area.width, area.height)
        .webp({ lossless: true })
        .toBuffer(),
    };
  });
  const bytes = animatedWebp(await Promise.all(made), size, 100);
  const decoded = await decodeVideo({ name: "large", bytes }, 3, { rule: "even" });
  const seen = decoded.map(({ data, width }) => [data[0], data[3 * (width - 1)]]);
  // What the first frame drew is still there in the later ones.
  expect(seen).toEqual([0, 30, 59].map((t) => [10 * (t % 25), 0]));
});
