import sharp from "sharp";
import { expect, it } from "vitest";
import { changedArea } from "@/generation/clips/animated-webp";
import { encodeMp4, encodeWebp, NoMp4Error } from "@/generation/clips/encode-clip";
import { seededRandom } from "@/generation/world/random";
import { checkVideo } from "@/lib/media/check-video";
import { decodeVideo } from "@/lib/media/decode-video";
import { videoTiming } from "@/lib/media/video-timing";

const SIZE = 16;
const FRAMES = 17;
const frame = 3 * SIZE * SIZE;
const never = new AbortController().signal;

function noise(): Uint8Array {
  const random = seededRandom(1);
  return Uint8Array.from({ length: FRAMES * frame }, () => random.next() * 256);
}

it("an animated WebP has every frame to the last bit, 8 a second, for ever and without metadata", async () => {
  const rgb = noise();
  const file = await encodeWebp({ rgb, size: SIZE });
  const { pages, delay, loop, exif, icc, xmp } = await sharp(file, { animated: true }).metadata();
  expect({ pages, delay, loop }).toEqual({ pages: FRAMES, delay: new Array(FRAMES).fill(125), loop: 0 });
  expect([exif, icc, xmp]).toEqual([undefined, undefined, undefined]);
  const decoded = await sharp(file, { animated: true }).removeAlpha().raw().toBuffer();
  expect(decoded.equals(rgb)).toBe(true);
});

it("frames that are equal to the one before are kept, each for its own time", async () => {
  const rgb = noise();
  rgb.copyWithin(5 * frame, 4 * frame, 5 * frame);
  rgb.copyWithin(6 * frame, 4 * frame, 5 * frame);
  const file = await encodeWebp({ rgb, size: SIZE });
  const { pages, delay } = await sharp(file, { animated: true }).metadata();
  expect({ pages, delay }).toEqual({ pages: FRAMES, delay: new Array(FRAMES).fill(125) });
  expect((await sharp(file, { animated: true }).removeAlpha().raw().toBuffer()).equals(rgb)).toBe(true);
});

it("a clip in which nothing moves is the video that it is to Salon's own client, and hardly more than its first frame", async () => {
  const first = noise().subarray(0, frame);
  const rgb = Uint8Array.from({ length: FRAMES * frame }, (_, at) => first[at % frame]);
  const bytes = await encodeWebp({ rgb, size: SIZE });
  const video = { name: "clip", bytes };
  expect(checkVideo("clip", bytes).mediaType).toBe("image/webp");
  expect(await videoTiming(video)).toMatchObject({ frames: FRAMES, duration: 2.125, delays: null });
  const frames = await decodeVideo(video, FRAMES);
  expect(frames.every(({ data }) => Buffer.from(data).equals(first))).toBe(true);
  const still = await encodeWebp({ rgb: first, size: SIZE });
  expect(bytes.length).toBeLessThan(still.length + FRAMES * 64);
});

it.each([
  ["one pixel", [5 * SIZE + 3], { left: 2, top: 4, width: 2, height: 2 }],
  ["opposite corners", [0, SIZE * SIZE - 1], { left: 0, top: 0, width: SIZE, height: SIZE }],
  ["the last column", [SIZE - 1], { left: SIZE - 2, top: 0, width: 2, height: 1 }],
  ["nothing", [], { left: 0, top: 0, width: 1, height: 1 }],
])("what has changed is drawn alone, from an even place: %s", (_name, pixels, area) => {
  const before = noise().subarray(0, frame);
  const after = before.slice();
  for (const pixel of pixels) after[3 * pixel + 2] ^= 1;
  expect(changedArea(before, after, SIZE)).toEqual(area);
});

it.each([["no-such-program"], ["false"]])(
  "without a program that makes an MP4 (%s) there is none, and nothing else breaks",
  async (program) => {
    await expect(encodeMp4({ rgb: noise(), size: SIZE }, program, never)).rejects.toThrow(NoMp4Error);
  },
);
