import { describe, expect, it } from "vitest";
import type { Denoiser } from "@/generation/samplers/denoiser";
import { euler } from "@/generation/samplers/euler";
import { heun } from "@/generation/samplers/heun";
import { batchNoise } from "@/generation/samplers/random";
import { flowTimes } from "@/generation/samplers/schedules";
import { distance, exactVelocity, moments } from "./gaussian-world";

const world = { mean: 0.7, deviation: 0.25 };
const noise = batchNoise([11], 4096)();
/** The exact flow of a Gaussian world carries noise z to mean + deviation z. */
const exact = noise.map((z) => world.mean + world.deviation * z);

const errorOf = async (sampler: typeof euler, steps: number) =>
  distance(await sampler({ denoise: exactVelocity(world), noise, times: flowTimes(steps) }), exact);

describe.each([
  ["euler", euler, 400],
  ["heun", heun, 50],
] as const)("%s", (_name, sampler, steps) => {
  it("carries noise to the data's mean and variance", async () => {
    const sample = await sampler({ denoise: exactVelocity(world), noise, times: flowTimes(steps) });
    const found = moments(sample);
    // The noise's own sampling error is 1/64 of a deviation; the sampler's must be far below.
    expect(found.mean).toBeCloseTo(moments(exact).mean, 2);
    expect(Math.sqrt(found.variance)).toBeCloseTo(Math.sqrt(moments(exact).variance), 2);
  });

  it("lands exactly on a single data point in one step, since its paths are straight", async () => {
    const point: Denoiser = async (x, t) => x.map((value) => (0.3 - value) / (1 - t));
    const sample = await sampler({ denoise: point, noise, times: flowTimes(1) });
    expect(
      distance(
        sample,
        noise.map(() => 0.3),
      ),
    ).toBeLessThan(1e-5);
  });

  it("leaves the noise it was given as it was", async () => {
    const kept = Float32Array.from(noise);
    await sampler({ denoise: exactVelocity(world), noise, times: flowTimes(3) });
    expect(noise).toEqual(kept);
  });

  it("never asks the denoiser at t = 1", async () => {
    const asked: number[] = [];
    const denoise: Denoiser = async (x, t) => (asked.push(t), x.map(() => 0));
    await sampler({ denoise, noise, times: flowTimes(5) });
    expect(Math.min(...asked)).toBe(0);
    expect(Math.max(...asked)).toBeLessThan(1);
  });
});

describe("order of convergence", () => {
  it("is one for Euler: half the step, half the error", async () => {
    const ratio = (await errorOf(euler, 80)) / (await errorOf(euler, 160));
    expect(ratio).toBeGreaterThan(1.8);
    expect(ratio).toBeLessThan(2.2);
  });

  it("is two for Heun: half the step, a quarter of the error", async () => {
    const ratio = (await errorOf(heun, 20)) / (await errorOf(heun, 40));
    expect(ratio).toBeGreaterThan(3.4);
    expect(ratio).toBeLessThan(4.6);
  });

  it("makes Heun better than Euler at the same number of denoiser calls", async () => {
    expect(await errorOf(heun, 20)).toBeLessThan((await errorOf(euler, 39)) / 2);
  });
});

describe("flowTimes", () => {
  it("goes from 0 to 1, rising, with or without a shift", () => {
    for (const shift of [1, 3]) {
      const times = flowTimes(10, shift);
      expect(times).toHaveLength(11);
      expect(times[0]).toBe(0);
      expect(times[10]).toBe(1);
      for (let index = 1; index <= 10; index += 1) expect(times[index]).toBeGreaterThan(times[index - 1]);
    }
  });

  it("puts a shifted noise level where the formula says: 1/2 becomes shift / (shift + 1)", () => {
    expect(1 - flowTimes(2, 3)[1]).toBeCloseTo(3 / 4, 12);
    expect(flowTimes(2)[1]).toBeCloseTo(1 / 2, 12);
  });
});
