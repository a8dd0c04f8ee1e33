import { describe, expect, it } from "vitest";
import type { Denoiser } from "@/generation/samplers/denoiser";
import { euler } from "@/generation/samplers/euler";
import { heun } from "@/generation/samplers/heun";
import { lcm } from "@/generation/samplers/lcm";
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

describe("lcm", () => {
  const walk = (denoise: Denoiser, steps: number) => {
    const source = batchNoise([11], 4096);
    return lcm({ denoise, noise: source(), times: flowTimes(steps) }, source);
  };

  it("ends at the last estimate: of noise at the data's mean plus the share of its deviation that the last level tells", async () => {
    const steps = 10;
    const { mean, variance } = moments(await walk(exactVelocity(world), steps));
    // By hand: E[data | x_t] of x_t = t data + (1 - t) noise keeps this share of the estimate before, and of the fresh noise.
    let spread = 0;
    for (let step = 0; step < steps; step += 1) {
      const t = step / steps;
      const gain = (t * world.deviation ** 2) / ((t * world.deviation) ** 2 + (1 - t) ** 2);
      spread = gain ** 2 * (t ** 2 * spread + (1 - t) ** 2);
    }
    expect(mean).toBeCloseTo(world.mean, 2);
    expect(Math.sqrt(variance)).toBeCloseTo(Math.sqrt(spread), 2);
    // The price: less variety than the world has.
    expect(Math.sqrt(variance)).toBeLessThan(world.deviation);
  });

  it("changes its mind about a thing that Euler's walk has settled at its first step", async () => {
    // Two images, -1 and 1, equally likely: E[data | x_t], from either side.
    const twoImages: Denoiser = async (x, t) =>
      x.map((value) => (Math.tanh((t * value) / (1 - t) ** 2) - value) / (1 - t));
    const changed = (sample: Float32Array) =>
      sample.filter((value, index) => Math.sign(value) !== Math.sign(noise[index])).length / noise.length;
    const straight = await euler({ denoise: twoImages, noise, times: flowTimes(20) });
    const anew = await walk(twoImages, 20);
    expect(changed(straight)).toBe(0);
    expect(changed(anew)).toBeGreaterThan(0.3);
    for (const value of anew) expect(Math.abs(value)).toBeCloseTo(1, 3);
  });

  it("is Euler's in a single step, and draws fresh noise once a step but the last", async () => {
    const one = await walk(exactVelocity(world), 1);
    const theirs = await euler({ denoise: exactVelocity(world), noise, times: flowTimes(1) });
    expect(distance(one, theirs)).toBeLessThan(1e-6);
    let asked = 0;
    const kept = Float32Array.from(noise);
    await lcm({ denoise: exactVelocity(world), noise, times: flowTimes(5) }, () => ((asked += 1), noise));
    expect(asked).toBe(4);
    expect(noise).toEqual(kept);
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
