import sharp from "sharp";
import { expect, it } from "vitest";
import { encodeMp4, encodeWebp, NoMp4Error } from "@/generation/clips/encode-clip";
import { seededRandom } from "@/generation/world/random";

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

it("frames that are equal may be kept as one, which is shown as long as all of them", async () => {
  const rgb = noise();
  rgb.copyWithin(5 * frame, 4 * frame, 5 * frame);
  rgb.copyWithin(6 * frame, 4 * frame, 5 * frame);
  const { delay } = await sharp(await encodeWebp({ rgb, size: SIZE }), { animated: true }).metadata();
  expect(delay!.reduce((sum, ms) => sum + ms, 0)).toBe(FRAMES * 125);
});

it.each([["no-such-program"], ["false"]])(
  "without a program that makes an MP4 (%s) there is none, and nothing else breaks",
  async (program) => {
    await expect(encodeMp4({ rgb: noise(), size: SIZE }, program, never)).rejects.toThrow(NoMp4Error);
  },
);
