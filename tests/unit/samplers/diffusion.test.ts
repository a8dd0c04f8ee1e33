import { describe, expect, it } from "vitest";
import { ddim } from "@/generation/samplers/ddim";
import { ddpm } from "@/generation/samplers/ddpm";
import { dataEstimate } from "@/generation/samplers/diffusion-prediction";
import { batchNoise } from "@/generation/samplers/random";
import { cosineAlphaBar, diffusionTimes } from "@/generation/samplers/schedules";
import { distance, exactDiffusion, moments } from "./gaussian-world";

const world = { mean: 0.2, deviation: 0.3 };
const SIZE = 8192;
const noise = batchNoise([5], SIZE)();
const common = { alphaBar: cosineAlphaBar, noise, clipData: false } as const;

/** The exact probability flow keeps each element's distance from the mean, in deviations, from t = 1 to t = 0. */
const start = cosineAlphaBar(1);
const startDeviation = Math.sqrt(start * world.deviation ** 2 + 1 - start);
const exact = noise.map(
  (z) => world.mean + (world.deviation * (z - Math.sqrt(start) * world.mean)) / startDeviation,
);

describe.each(["eps", "v"] as const)("with %s prediction", (prediction) => {
  const denoise = exactDiffusion(world, prediction);

  it("DDIM follows the probability flow, and converges with order one", async () => {
    const errorOf = async (steps: number) =>
      distance(await ddim({ ...common, denoise, prediction, times: diffusionTimes(steps) }), exact);
    expect(await errorOf(400)).toBeLessThan(0.02);
    const ratio = (await errorOf(50)) / (await errorOf(100));
    expect(ratio).toBeGreaterThan(1.8);
    expect(ratio).toBeLessThan(2.2);
  });

  it("DDPM draws from the data's distribution", async () => {
    const sample = await ddpm(
      { ...common, denoise, prediction, times: diffusionTimes(200) },
      batchNoise([6], SIZE),
    );
    const found = moments(sample);
    // Four standard errors of a mean of 8,192, plus the 200 steps' own bias.
    expect(Math.abs(found.mean - world.mean)).toBeLessThan((4 * world.deviation) / Math.sqrt(SIZE) + 0.003);
    expect(Math.sqrt(found.variance) / world.deviation).toBeGreaterThan(0.95);
    expect(Math.sqrt(found.variance) / world.deviation).toBeLessThan(1.05);
  });

  it("DDPM adds noise of its own: the start alone does not decide the sample", async () => {
    const run = (seed: number) =>
      ddpm({ ...common, denoise, prediction, times: diffusionTimes(20) }, batchNoise([seed], SIZE));
    expect(distance(await run(1), await run(2))).toBeGreaterThan(0.1);
    expect(distance(await run(1), await run(1))).toBe(0);
  });

  it("reads the clean value back from what it was mixed of, and clamps it when told", () => {
    const [data, eps, alphaBar] = [1.5, -0.4, 0.6];
    const x = Math.sqrt(alphaBar) * data + Math.sqrt(1 - alphaBar) * eps;
    const output = prediction === "eps" ? eps : Math.sqrt(alphaBar) * eps - Math.sqrt(1 - alphaBar) * data;
    expect(dataEstimate(prediction, x, output, alphaBar, false)).toBeCloseTo(data, 12);
    expect(dataEstimate(prediction, x, output, alphaBar, true)).toBe(1);
  });
});

it("a denoiser that knows the one data point is followed there by DDIM and DDPM, in any number of steps", async () => {
  const denoise = exactDiffusion({ mean: 0.3, deviation: 0 }, "v");
  for (const steps of [1, 2, 7]) {
    const input = { ...common, denoise, prediction: "v", times: diffusionTimes(steps) } as const;
    for (const sample of [await ddim(input), await ddpm(input, batchNoise([9], SIZE))]) {
      expect(
        distance(
          sample,
          sample.map(() => 0.3),
        ),
      ).toBeLessThan(1e-4);
    }
  }
});

describe("cosineAlphaBar", () => {
  it("falls from 1 to its floor, through the curve's own values", () => {
    expect(cosineAlphaBar(0)).toBe(1);
    expect(cosineAlphaBar(1)).toBe(1e-5);
    // By hand: cos^2(pi/2 * 0.508/1.008) / cos^2(pi/2 * 0.008/1.008).
    expect(cosineAlphaBar(0.5)).toBeCloseTo(0.493844, 5);
    const values = Array.from({ length: 101 }, (_, index) => cosineAlphaBar(index / 100));
    for (let index = 1; index <= 100; index += 1) expect(values[index]).toBeLessThan(values[index - 1]);
  });
});
