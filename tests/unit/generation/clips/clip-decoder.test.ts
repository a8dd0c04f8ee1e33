import { expect, it } from "vitest";
import { ClipDecoder } from "@/generation/clips/clip-decoder";

const PIXELS = 12;

/**
 * Decodes as the autoencoder does: a latent frame k > 0 gives four frames that depend on it and on the one before. Each frame is of one
 * value, 8 k to the last frame of latent k, and between 8 (k - 1) and 8 k before it.
 */
function formulaDecoder() {
  const asked: number[][] = [];
  const decode = async (latents: Float32Array) => {
    asked.push([...latents]);
    const frames = [...latents].flatMap((value, at) =>
      at === 0
        ? [value]
        : [1, 2, 3, 4].map((step) => latents[at - 1] + ((value - latents[at - 1]) * step) / 4),
    );
    return Float32Array.from(frames.flatMap((value) => new Array<number>(PIXELS).fill(value / 127.5 - 1)));
  };
  return { decode, asked };
}

const latents = (count: number) => Array.from({ length: count }, (_, k) => Float32Array.of(8 * k));
const expected = (count: number) => Array.from({ length: 4 * (count - 1) + 1 }, (_, frame) => 2 * frame);

async function decodeAll(count: number, sizes: number) {
  const { decode, asked } = formulaDecoder();
  const decoder = new ClipDecoder(decode, 5);
  const frames: Uint8Array[] = [];
  const all = latents(count);
  for (let at = 0; at < count; at += sizes) frames.push(...(await decoder.take(all.slice(at, at + sizes))));
  frames.push(...(await decoder.end()));
  return { values: frames.map((frame) => [...new Set(frame)]), asked };
}

it("gives every frame of a clip once and in order, however its latent frames come", async () => {
  for (const count of [1, 2, 5, 6, 8, 9, 13, 17])
    for (const size of [1, 2, 4, 5, 17]) {
      const { values, asked } = await decodeAll(count, size);
      expect(values, `${count} by ${size}`).toEqual(expected(count).map((value) => [value]));
      for (const window of asked) expect(window).toHaveLength(5);
    }
});

it("decodes no latent frame twice, but the one that a window begins with", async () => {
  const { asked } = await decodeAll(17, 1);
  expect(asked.map((window) => window.map((value) => value / 8))).toEqual([
    [0, 1, 2, 3, 4],
    [4, 5, 6, 7, 8],
    [8, 9, 10, 11, 12],
    [12, 13, 14, 15, 16],
  ]);
});
