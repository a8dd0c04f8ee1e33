import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { ModelLibrary } from "@/generation/model-library";

const file = (name: string) => ({ path: name, sha256: "0".repeat(64), bytes: 3 });
const facts = {
  name: "A model",
  creator: "Salon",
  paradigm: "Flow matching",
  architecture: "DiT",
  representation: "VAE latents",
  textConditioning: "Cross-attention",
  parameters: 1,
  training: {},
  figures: {},
  license: "Apache-2.0",
  released: "2026-01-31",
  sampler: { default: "euler", steps: 20, guidanceScale: 3 },
  imageSize: 64,
};
const ofClips = {
  ...facts,
  task: "text-to-video",
  family: "flow",
  prediction: "velocity",
  frames: 17,
  sampleShape: [5, 8, 16, 16],
  firstFrame: "a-first-frame",
  decoder: "an-autoencoder",
  textLength: 24,
  vocabularySize: 73,
  files: { denoiser: file("denoiser.onnx") },
};
const ofImages = {
  ...facts,
  family: "flow",
  prediction: "velocity",
  sampleShape: [3, 64, 64],
  decoder: null,
  textLength: 20,
  vocabularySize: 58,
  files: { denoiser: file("denoiser.onnx") },
};
const framewise = {
  ...facts,
  task: "text-to-video",
  frames: 17,
  drawnBy: { model: "of-images", sha256: "0".repeat(64) },
  sharedNoise: 0.8,
};
const firstFrame = {
  task: "first-frame",
  family: "flow",
  prediction: "velocity",
  sampleShape: [4, 16, 16],
  textLength: 24,
  vocabularySize: 73,
  sampler: facts.sampler,
  files: { denoiser: file("denoiser.onnx") },
};
const autoencoder = {
  imageSize: 64,
  frames: 17,
  latentShape: [5, 8, 16, 16],
  files: { encoder: file("encoder.onnx"), decoder: file("decoder.onnx") },
};

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "salon-models-"));
});
afterEach(() => rm(dir, { recursive: true }));

async function open(cards: Record<string, object>): Promise<ModelLibrary> {
  for (const [id, card] of Object.entries(cards)) {
    await mkdir(path.join(dir, id));
    await writeFile(path.join(dir, id, "card.json"), JSON.stringify({ id, ...card }));
  }
  return ModelLibrary.open(dir);
}

it("models of videos are listed apart from models of images; what they are made of is listed nowhere", async () => {
  const library = await open({
    "of-clips": ofClips,
    "of-images": ofImages,
    "an-autoencoder": autoencoder,
    "a-first-frame": firstFrame,
    "frame-by-frame": framewise,
  });
  expect(library.list().map(({ id }) => id)).toEqual(["of-images"]);
  expect(library.videos.list().map(({ id }) => id)).toEqual(["frame-by-frame", "of-clips"]);
  expect(library.listAutoencoders()).toEqual([]);
});

it.each([
  ["that predicts noise", { prediction: "eps" }, /prediction/],
  ["with a sampler of another family", { sampler: { ...facts.sampler, default: "ddim" } }, /sampler.default/],
  ["of latents that are not the frames'", { frames: 21 }, /sampleShape/],
  ["of latents in three numbers", { sampleShape: [8, 16, 16] }, /sampleShape/],
  ["without an autoencoder", { decoder: null }, /decoder/],
  ["without what draws its first frame", { firstFrame: undefined }, /firstFrame/],
])("a model of clips %s keeps the backend from starting, and is named", async (_what, change, field) => {
  const opened = open({ "of-clips": { ...ofClips, ...change } });
  await expect(opened).rejects.toThrow(/of-clips/);
  await expect(opened).rejects.toThrow(field);
});

it.each([
  ["that is not there", {}, /no 'a-first-frame'/],
  ["larger", { "a-first-frame": { ...firstFrame, sampleShape: [4, 32, 32] } }, /4x32x32, not of-clips/],
  [
    "of more channels",
    { "a-first-frame": { ...firstFrame, sampleShape: [9, 16, 16] } },
    /9x16x16, not of-clips/,
  ],
])("a first frame %s is told of when the model is first used", async (_what, more, message) => {
  const library = await open({ "of-clips": ofClips, "an-autoencoder": autoencoder, ...more });
  await expect(library.videos.load("of-clips")).rejects.toThrow(message);
});

it("a model that draws frame by frame wants the very image model that it names", async () => {
  await expect(open({ "frame-by-frame": framewise })).rejects.toThrow(/drawn by of-images 000000000000/);
});
