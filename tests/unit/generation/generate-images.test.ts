import sharp from "sharp";
import { expect, it } from "vitest";
import { generateImages, type SamplingSettings } from "@/generation/generate-images";
import { modelCardSchema } from "@/generation/model-card";
import type { LoadedModel } from "@/generation/model-library";
import { tokenize, UNKNOWN_ID } from "@/generation/world/tokenizer";

const SIZE = 8;
const card = modelCardSchema.parse({
  id: "formula",
  name: "Formula",
  creator: "Salon",
  family: "flow",
  prediction: "velocity",
  paradigm: "Rectified flow",
  architecture: "None",
  representation: "Pixels",
  textConditioning: "First token",
  imageSize: SIZE,
  sampleShape: [3, SIZE, SIZE],
  decoder: null,
  textLength: 20,
  vocabularySize: 1000,
  sampler: { default: "euler", steps: 4, guidanceScale: 1 },
  files: { denoiser: { path: "denoiser.onnx", sha256: "0".repeat(64), bytes: 1 } },
  parameters: 1,
  training: {},
  figures: {},
  license: "Apache-2.0",
  released: "2026-01-31",
});
const settings: SamplingSettings = { sampler: "euler", steps: 4, guidanceScale: 1, frames: 0 };
const never = new AbortController().signal;
const task = (prompt: string, seed: number) => ({ prompt, seed, format: "png" as const });

/** Draws one flat grey a caption, by its first token: the exact velocity towards that single image. */
function formulaModel(changes: Partial<LoadedModel> = {}) {
  const asked: { rows: number; tokens: bigint[] }[] = [];
  const model: LoadedModel = {
    card,
    decode: null,
    denoise: async (x, t, tokens) => {
      const rows = tokens.length / card.textLength;
      asked.push({ rows, tokens: [...tokens] });
      return x.map((value, index) => {
        const row = Math.floor(index / (x.length / rows));
        return (grey(tokens[row * card.textLength]) - value) / (1 - t);
      });
    },
    ...changes,
  };
  return { model, asked };
}
const grey = (token: bigint | number) => (Number(token) % 16) / 8 - 1;
const greyByte = (token: bigint | number) => Math.round((grey(token) + 1) * 127.5);
const firstPixel = async (image: Buffer) => (await sharp(image).raw().toBuffer())[0];

it("draws each image from its own caption", async () => {
  const { model } = formulaModel();
  const prompts = ["a red ball", "red", "teddy"];
  const { images } = await generateImages(model, settings, prompts.map(task), never);
  for (const [index, image] of images.entries()) {
    expect(await firstPixel(image.bytes)).toBeCloseTo(greyByte(tokenize(prompts[index])[0]), 0);
  }
});

it("asks with the null caption beside the prompt's when guided, all in one call", async () => {
  const { model, asked } = formulaModel();
  await generateImages(
    model,
    { ...settings, guidanceScale: 3 },
    [task("a red ball", 1), task("a fish", 2)],
    never,
  );
  expect(asked).toHaveLength(settings.steps);
  for (const { rows, tokens } of asked) {
    expect(rows).toBe(4);
    expect(tokens.slice(0, 20).map(Number)).toEqual(tokenize("a red ball"));
    expect(tokens.slice(40).every((id) => id === 0n)).toBe(true);
  }
});

it("tells a model with a smaller vocabulary that the newer words are unknown", async () => {
  const { model, asked } = formulaModel({ card: { ...card, vocabularySize: 3 } });
  await generateImages(model, settings, [task("a red ball", 1)], never);
  for (const id of asked[0].tokens) expect(id).toBeLessThan(3n);
  expect(Number(asked[0].tokens[1])).toBe(UNKNOWN_ID);
});

it("decodes samples that are not pixels", async () => {
  const { model } = formulaModel({
    card: { ...card, decoder: "toybox-autoencoder", sampleShape: [1, 2, 2] },
    decode: async (latents) => new Float32Array((latents.length / 4) * 3 * SIZE * SIZE).fill(1),
  });
  const { images } = await generateImages(model, settings, [task("a", 1), task("b", 2)], never);
  for (const image of images) expect(await firstPixel(image.bytes)).toBe(255);
});

it("stops between two denoiser calls once nobody wants the batch", async () => {
  const stop = new AbortController();
  const { model, asked } = formulaModel();
  const { denoise } = model;
  model.denoise = async (...call) => {
    stop.abort(new Error("left"));
    return denoise(...call);
  };
  await expect(generateImages(model, settings, [task("a", 1)], stop.signal)).rejects.toThrow("left");
  expect(asked).toHaveLength(1);
});

it("keeps frames of the way: the first is noise, every estimate of this exact model is the image, which they do not change", async () => {
  const { model } = formulaModel();
  const tasks = [task("a red ball", 1), task("a fish", 2)];
  const plain = await generateImages(model, settings, tasks, never);
  const { images } = await generateImages(model, { ...settings, frames: 3 }, tasks, never);
  for (const [row, image] of images.entries()) {
    expect(image.bytes).toEqual(plain.images[row].bytes);
    expect(image.frames.map(({ step, noise }) => [step, noise])).toEqual([
      [0, 1],
      [2, 0.5],
      [3, 0.25],
    ]);
    for (const { estimate } of image.frames) {
      const wanted = greyByte(tokenize(tasks[row].prompt)[0]);
      expect(Math.abs((await firstPixel(estimate)) - wanted)).toBeLessThanOrEqual(1);
    }
    const { channels } = await sharp(image.frames[0].sample).stats();
    expect(channels[0].stdev).toBeGreaterThan(60);
  }
});

it("decodes frames of samples that are not pixels", async () => {
  const { model } = formulaModel({
    card: { ...card, decoder: "toybox-autoencoder", sampleShape: [1, 2, 2] },
    decode: async (latents) => new Float32Array((latents.length / 4) * 3 * SIZE * SIZE).fill(1),
  });
  const { images } = await generateImages(model, { ...settings, frames: 4 }, [task("a", 1)], never);
  expect(await Promise.all(images[0].frames.map(({ sample }) => firstPixel(sample)))).toEqual([
    255, 255, 255, 255,
  ]);
});
