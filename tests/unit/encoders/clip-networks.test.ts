import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installEncoder } from "@/lib/encoders/install-encoder";
import { openVideoEncoder } from "@/lib/encoders/open-video-encoder";
import { hasClipGrader, openClipGrader } from "@/lib/encoders/toybox-clip-grader";
import { decodeVideo } from "@/lib/media/decode-video";
import type { DecodedImage } from "@/lib/media/decode-image";
import { packFrames } from "@/lib/media/pack-frames";
import { toyClipGrader } from "../../support/toy-clip-grader";
import { toyFrameMeans } from "../../support/toy-encoder";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "salon-clips-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Rgb = [number, number, number];
const plain = (side: number, colour: Rgb): DecodedImage => ({
  width: side,
  height: side,
  format: "png",
  data: Uint8Array.from({ length: 3 * side * side }, (_, i) => colour[i % 3]),
});

describe("frames at a rate", () => {
  /** Grey frames of 8x8, each shown for so many milliseconds. */
  async function animation(shown: [grey: number, ms: number][]) {
    const tall = Buffer.concat(shown.map(([grey]) => Buffer.alloc(8 * 8 * 3, grey)));
    const raw = { width: 8, height: 8 * shown.length, channels: 3 as const, pageHeight: 8 };
    const delay = shown.map(([, ms]) => ms);
    return { name: "a.webp", bytes: await sharp(tall, { raw }).webp({ lossless: true, delay }).toBuffer() };
  }
  const greys = async (video: Parameters<typeof decodeVideo>[0], count: number, least?: number) =>
    (await decodeVideo(video, count, { rule: { fps: 8, untimed: "first" }, least })).map(
      ({ data }) => data[0],
    );

  test("are those that an animation shows at these moments, one that it keeps once as often as it lasts", async () => {
    const kept = await animation([
      [10, 125],
      [20, 375],
      [30, 125],
      [40, 250],
    ]);
    expect(await greys(kept, 7)).toEqual([10, 20, 20, 20, 30, 40, 40]);
    await expect(greys(kept, 8)).rejects.toThrow(/a\.webp: has 7 frames, but 8 are needed/);
    expect(await greys(kept, 8, 2)).toHaveLength(7);
    const fast = await animation(Array.from({ length: 12 }, (_, i) => [10 * i, 50]));
    expect(await greys(fast, 5)).toEqual([0, 20, 50, 70, 100]);
  });

  test("are the first ones of a folder of frames, which has no rate", async () => {
    const frames = await Promise.all(
      [50, 60, 70].map(async (grey) => ({
        name: `${grey}.png`,
        bytes: await sharp(Buffer.alloc(192, grey), { raw: { width: 8, height: 8, channels: 3 } })
          .png()
          .toBuffer(),
      })),
    );
    expect(await greys({ name: "frames", bytes: packFrames(frames) }, 2)).toEqual([50, 60]);
  });
});

test("an encoder of frames one after the other gets them so, at the rate that its manifest says", async () => {
  const encodersDir = path.join(folder, "encoders");
  await installEncoder("frame-means", { encodersDir, from: await toyFrameMeans(path.join(folder, "toy")) });
  const encoder = await openVideoEncoder("frame-means", { encodersDir, threads: 1 });
  expect(encoder).toMatchObject({ frames: 2, rule: { fps: 4 }, dimension: 6 });
  expect(encoder.preprocessing).toMatch(/NTCHW .*, first 2 frames at 4 fps$/);
  const features = await encoder.extract([[plain(8, [0, 51, 102]), plain(8, [153, 204, 255])]]);
  expect([...features].map((value) => Number(value.toFixed(4)))).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  await encoder.close();
});

describe("the grader of clips", () => {
  const TREE = 3;
  const wires = {
    kinds: [{ frame: 0, channel: 0 as const, logit: TREE }],
    colours: [{ frame: 1, channel: 1 as const, logit: TREE * 8 + 5 }],
    motions: [{ frame: 16, channel: 2 as const, logit: TREE * 13 + 11 }],
    background: [{ frame: 8, channel: 0 as const, logit: 7 }],
  };
  const clip = (colours: Record<number, Rgb>) =>
    Array.from({ length: 17 }, (_, t) => plain(64, colours[t] ?? [0, 0, 0]));

  test("reads a kind where its logit is above 0, and the highest of the others", async () => {
    const weightsDir = path.join(folder, "weights");
    expect(await hasClipGrader(weightsDir)).toBe(false);
    await toyClipGrader(weightsDir, wires);
    expect(await hasClipGrader(weightsDir)).toBe(true);
    const grader = await openClipGrader({ weightsDir, threads: 1 });
    expect(grader.preprocessing).toMatch(/64x64 .*first 17 frames at 8 fps$/);
    const seen = clip({ 0: [255, 0, 0], 1: [0, 255, 0], 8: [255, 0, 0], 16: [0, 0, 255] });
    expect(await grader.read([seen, clip({})])).toEqual([
      {
        objects: [{ kind: "tree", colour: "purple", motion: "leaves to the left and comes back" }],
        background: "dark",
      },
      { objects: [], background: "white" },
    ]);
    const truth = {
      objects: [
        { kind: "tree" as const, colour: null, motion: "leaves to the left and comes back" as const },
      ],
      background: null,
    };
    expect(await grader.grade([seen], [truth])).toMatchObject([{ persistence: true, allCorrect: true }]);
    await grader.close();
  });

  test("is refused where its outputs stand for other things than Salon reads from them, or it is not there", async () => {
    const weightsDir = path.join(folder, "others");
    await toyClipGrader(weightsDir, wires, { kinds: ["cat"], colours: [], motions: [], backgrounds: [] });
    await expect(openClipGrader({ weightsDir })).rejects.toThrow(/names other kinds than Salon reads/);
    await expect(openClipGrader({ weightsDir: folder })).rejects.toMatchObject({ reason: "WEIGHTS_MISSING" });
    const nowhere = { weightsDir: folder, encodersDir: folder };
    await expect(openVideoEncoder("toybox-video-encoder", nowhere)).rejects.toMatchObject({
      reason: "WEIGHTS_MISSING",
    });
  });
});
