import { describe, expect, it } from "vitest";
import { euler } from "@/generation/samplers/euler";
import { heun } from "@/generation/samplers/heun";
import { langevin, LANGEVIN_REPEATS } from "@/generation/samplers/langevin";
import { predictorCorrector } from "@/generation/samplers/predictor-corrector";
import { batchNoise } from "@/generation/samplers/random";
import { flowLevels, geometricSigma, levelTimes, timeOfSigma } from "@/generation/samplers/schedules";
import { scaledNoise } from "@/generation/samplers/score-input";
import { distance, exactScore, moments } from "./gaussian-world";

const world = { mean: 0.2, deviation: 0.3 };
const SIZE = 8192;
const noise = batchNoise([5], SIZE)();
const denoise = exactScore(world);
const input = (steps: number) => ({ denoise, noise, sigma: geometricSigma, times: levelTimes(steps) });
const largest = geometricSigma(1);

/** The exact probability flow keeps each element's distance from the mean, in deviations, down to no noise. */
const exact = noise.map(
  (z) =>
    world.mean +
    (world.deviation * (largest * z - world.mean)) / Math.sqrt(world.deviation ** 2 + largest ** 2),
);

function expectWorld(sample: Float32Array, bias: number) {
  const found = moments(sample);
  // Four standard errors of a mean of 8,192, plus the steps' own bias.
  expect(Math.abs(found.mean - world.mean)).toBeLessThan((4 * world.deviation) / Math.sqrt(SIZE) + bias);
  expect(Math.abs(Math.sqrt(found.variance) / world.deviation - 1)).toBeLessThan(0.05);
}

describe("the probability flow of a score model, with noise levels for times", () => {
  const walk = (solver: typeof euler, steps: number) =>
    solver({
      denoise: (x, sigma) => denoise(x, timeOfSigma(sigma)),
      noise: scaledNoise(input(steps)),
      times: flowLevels(steps),
    });

  it("is followed by Euler with order one and by Heun with order two", async () => {
    const errorOf = async (solver: typeof euler, steps: number) => distance(await walk(solver, steps), exact);
    const eulers = (await errorOf(euler, 60)) / (await errorOf(euler, 120));
    expect(eulers).toBeGreaterThan(1.8);
    expect(eulers).toBeLessThan(2.2);
    const heuns = (await errorOf(heun, 30)) / (await errorOf(heun, 60));
    expect(heuns).toBeGreaterThan(3.2);
    expect(await errorOf(heun, 60)).toBeLessThan(0.01);
  });

  it("in one step goes straight to the estimate of the data", async () => {
    const x = scaledNoise(input(1));
    const eps = await denoise(x, 1);
    expect(
      distance(
        await walk(euler, 1),
        x.map((value, index) => value - largest * eps[index]),
      ),
    ).toBeLessThan(1e-4);
  });
});

describe("samplers with fresh noise draw from the data's distribution", () => {
  it("annealed Langevin", async () => {
    expectWorld(await langevin(input(200), batchNoise([6], SIZE)), 0.02);
  });

  it("predictor-corrector", async () => {
    expectWorld(await predictorCorrector(input(200), batchNoise([6], SIZE), 1), 0.02);
  });

  it("and an image does not depend on its batch", async () => {
    const size = 64;
    const run = async (seeds: number[]) => {
      const source = batchNoise(seeds, size);
      const start = source();
      return predictorCorrector({ ...input(12), noise: start }, source, seeds.length);
    };
    const together = await run([1, 2, 3]);
    const alone = await run([2]);
    expect(distance(together.subarray(size, 2 * size), alone)).toBe(0);
    expect(distance(together.subarray(0, size), alone)).toBeGreaterThan(0.01);
  });

  it("and ask the network as often as they say", async () => {
    let calls = 0;
    const counted = { ...input(7), denoise: (x: Float32Array, t: number) => ((calls += 1), denoise(x, t)) };
    await langevin(counted, batchNoise([1], SIZE));
    expect(calls).toBe(7 * LANGEVIN_REPEATS + 1);
    calls = 0;
    await predictorCorrector(counted, batchNoise([1], SIZE), 1);
    expect(calls).toBe(2 * 6 + 1);
  });
});

it("levels fall geometrically from 50 to 0.01, and a level's time is found back", () => {
  expect(geometricSigma(1)).toBeCloseTo(50, 10);
  expect(geometricSigma(0)).toBeCloseTo(0.01, 12);
  const levels = levelTimes(5).map(geometricSigma);
  for (let index = 1; index < 4; index += 1) {
    expect(levels[index] / levels[index - 1]).toBeCloseTo(levels[index + 1] / levels[index], 9);
  }
  for (const t of [0.1, 0.5, 0.9]) expect(timeOfSigma(geometricSigma(t))).toBeCloseTo(t, 12);
  const flow = flowLevels(10);
  expect(flow).toHaveLength(11);
  expect(flow[0]).toBeCloseTo(50, 8);
  expect(flow[9]).toBeCloseTo(0.01, 8);
  expect(flow[10]).toBe(0);
  expect(flowLevels(1)).toEqual([50, 0]);
});
