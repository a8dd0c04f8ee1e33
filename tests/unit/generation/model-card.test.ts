import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { modelCardSchema } from "@/generation/model-card";
import { ModelLibrary } from "@/generation/model-library";

const card = {
  id: "a-model",
  name: "A model",
  creator: "Salon",
  family: "flow",
  prediction: "velocity",
  paradigm: "Rectified flow",
  architecture: "DiT",
  representation: "Pixels",
  textConditioning: "Word embeddings",
  imageSize: 64,
  sampleShape: [3, 64, 64],
  decoder: null,
  textLength: 20,
  vocabularySize: 58,
  sampler: { default: "euler", steps: 20, guidanceScale: 3 },
  files: { denoiser: { path: "denoiser.onnx", sha256: "0".repeat(64), bytes: 3 } },
  parameters: 1,
  training: {},
  figures: {},
  license: "Apache-2.0",
  released: "2026-01-31",
};

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "salon-models-"));
});
afterEach(() => rm(dir, { recursive: true }));

async function place(folder: string, content: unknown): Promise<void> {
  await mkdir(path.join(dir, folder));
  await writeFile(
    path.join(dir, folder, "card.json"),
    typeof content === "string" ? content : JSON.stringify(content),
  );
}

it("takes a right card", () => {
  expect(modelCardSchema.parse(card)).toMatchObject({ id: "a-model", sampler: { shift: 1 } });
});

it.each([
  ["a flow model that predicts noise", { prediction: "eps" }],
  [
    "a diffusion model that predicts a velocity",
    { family: "ddpm", sampler: { ...card.sampler, default: "ddim" } },
  ],
  ["a sampler of the other family", { sampler: { ...card.sampler, default: "ddpm" } }],
  ["pixels of another size than the image's", { sampleShape: [3, 32, 32] }],
  [
    "weights outside the model's folder",
    { files: { denoiser: { ...card.files.denoiser, path: "../x.onnx" } } },
  ],
  ["a date that is none", { released: "soon" }],
  ["an id that is no folder name", { id: "../a" }],
])("refuses %s", (_name, change) => {
  expect(modelCardSchema.safeParse({ ...card, ...change }).success).toBe(false);
});

it("lists models by id, and passes over folders that hold none", async () => {
  await place("b-model", { ...card, id: "b-model" });
  await place("a-model", card);
  await place("an-autoencoder", { id: "an-autoencoder", files: {} });
  await mkdir(path.join(dir, "empty"));
  const library = await ModelLibrary.open(dir);
  expect(library.list().map((each) => each.id)).toEqual(["a-model", "b-model"]);
  expect(library.loaded()).toEqual([]);
});

it("knows no models where there is no folder", async () => {
  expect((await ModelLibrary.open(path.join(dir, "absent"))).list()).toEqual([]);
});

it("names the card and the field that keep it from starting", async () => {
  await place("a-model", { ...card, textLength: 0 });
  await expect(ModelLibrary.open(dir)).rejects.toThrow(/a-model\/card\.json[^]*textLength/);
});

it("refuses a card that is not JSON, and one in another model's folder", async () => {
  await place("a-model", "{");
  await expect(ModelLibrary.open(dir)).rejects.toThrow(/is not JSON/);
  await writeFile(path.join(dir, "a-model", "card.json"), JSON.stringify({ ...card, id: "another" }));
  await expect(ModelLibrary.open(dir)).rejects.toThrow(/not the folder's name/);
});

it("never loads weights that are not the ones the card describes", async () => {
  await place("a-model", card);
  await writeFile(path.join(dir, "a-model", "denoiser.onnx"), "abc");
  const library = await ModelLibrary.open(dir);
  await expect(library.load("a-model")).rejects.toThrow(/is not the file its card describes/);
  expect(library.loaded()).toEqual([]);
});
