import { describe, expect, it } from "vitest";
import { frameSteps, recordFrames } from "@/generation/record-frames";
import { sample } from "@/generation/sample";
import { modelCardSchema, type SamplerName } from "@/generation/model-card";
import type { Reading } from "@/generation/samplers/clean-estimate";
import { cosineAlphaBar, geometricSigma } from "@/generation/samplers/schedules";
import { batchNoise } from "@/generation/samplers/random";

it("spreads frames over the steps, the first and the last among them", () => {
  expect(frameSteps(20, 5)).toEqual([0, 5, 10, 14, 19]);
  expect(frameSteps(4, 4)).toEqual([0, 1, 2, 3]);
  expect(frameSteps(7, 2)).toEqual([0, 6]);
  expect(frameSteps(3, 1)).toEqual([0]);
  expect(frameSteps(3, 0)).toEqual([]);
});

const card = (family: string, prediction: string, sampler: string) =>
  modelCardSchema.parse({
    id: "formula",
    name: "Formula",
    creator: "Salon",
    family,
    prediction,
    paradigm: "Any",
    architecture: "None",
    representation: "Latents",
    textConditioning: "None",
    imageSize: 8,
    sampleShape: [1, 2, 2],
    decoder: "toybox-autoencoder",
    textLength: 20,
    vocabularySize: 58,
    sampler: { default: sampler, steps: 8, guidanceScale: 1 },
    files: { denoiser: { path: "denoiser.onnx", sha256: "0".repeat(64), bytes: 1 } },
    parameters: 1,
    training: {},
    figures: {},
    license: "Apache-2.0",
    released: "2026-01-31",
  });

/** Every world holds the one image 0.5, so the network that knows it names it from any noise. */
const DATA = 0.5;
type World = [SamplerName, string, string, Reading, (x: number, t: number) => number];
const WORLDS: World[] = [
  ...(["euler", "heun", "lcm"] as const).map((sampler): World => [
    sampler,
    "flow",
    "velocity",
    { family: "flow", prediction: "velocity" },
    (x, t) => (DATA - x) / (1 - t),
  ]),
  ...(["ddim", "ddpm"] as const).flatMap((sampler) => [
    [
      sampler,
      "ddpm",
      "eps",
      { family: "ddpm", prediction: "eps", clipData: false },
      (x: number, t: number) => (x - Math.sqrt(cosineAlphaBar(t)) * DATA) / Math.sqrt(1 - cosineAlphaBar(t)),
    ] as World,
  ]),
  ...(["euler", "heun", "predictor-corrector", "langevin"] as const).map((sampler): World => [
    sampler,
    "score",
    "eps",
    { family: "score", prediction: "eps" },
    (x, t) => (x - DATA) / geometricSigma(t),
  ]),
];

describe.each(WORLDS)("%s of a %s model", (sampler, family, prediction, reading, answer) => {
  it("is seen at the beginning of its steps, with less and less noise, and its estimate is the data", async () => {
    const steps = 8;
    const recorded = recordFrames(async (x, t) => x.map((value) => answer(value, t)), reading, {
      sampler,
      steps,
      frames: 4,
    });
    await sample(
      card(family, prediction, sampler),
      { sampler, steps },
      recorded.denoise,
      batchNoise([1], 4),
      1,
    );
    expect(recorded.frames.map(({ step }) => step)).toEqual([0, 2, 5, 7]);
    const noises = recorded.frames.map(({ noise }) => noise);
    expect(noises[0]).toBeGreaterThan(0.99);
    expect(noises).toEqual([...noises].sort((a, b) => b - a));
    expect(new Set(noises).size).toBe(4);
    for (const { estimate } of recorded.frames) {
      for (const value of estimate) expect(value).toBeCloseTo(DATA, 3);
    }
  });
});
