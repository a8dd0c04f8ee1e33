import { describe, expect, test } from "vitest";
import { estimateOf } from "@/lib/metrics/estimate";
import { studentQuantile } from "@/lib/numerics/student";
import type { FeatureSet } from "@/lib/metrics/features";
import { featureSet } from "@/lib/metrics/features";
import {
  gaussianOf,
  frechetDistance,
  prepareReference,
  sizeBiasCaveat,
} from "@/lib/metrics/frechet-distance";
import { frechetInfinity } from "@/lib/metrics/frechet-infinity";
import { frechetJackknife } from "@/lib/metrics/frechet-jackknife";
import { inceptionScore } from "@/lib/metrics/inception-score";
import { mean, standardDeviation } from "@/lib/numerics/sample-statistics";
import { momentsOf } from "@/lib/metrics/moments";
import { METRICS } from "@/lib/metrics/registry";
import { separability } from "@/lib/metrics/separability";
import { expectedSizeBias } from "@/lib/metrics/size-bias";
import { probeFrameOrder, temporalSensitivity } from "@/lib/metrics/motion/temporal-probe";
import { NumpyRandomState } from "./numpy-random";

function gaussianSet(n: number, d: number, seed: number, shift = 0, scale = 1): FeatureSet {
  return featureSet(
    new NumpyRandomState(seed).normals(n * d).map((x) => shift + scale * x),
    d,
  );
}
const standard = (d: number) =>
  prepareReference({
    dimension: d,
    mean: new Float64Array(d),
    covariance: Float64Array.from({ length: d * d }, (_, i) => (i % (d + 1) === 0 ? 1 : 0)),
  });

describe("jackknife of the Fréchet distance", () => {
  test("the value is the plain distance, the error the spread over fresh draws", async () => {
    const reference = await standard(5);
    const draws = await Promise.all(
      Array.from({ length: 100 }, (_, seed) =>
        frechetJackknife(gaussianSet(200, 5, seed, 0.3, 1.2), reference),
      ),
    );
    const set = gaussianSet(200, 5, 0, 0.3, 1.2);
    const distance = await frechetDistance(gaussianOf(momentsOf(set.data, 5)), reference);
    expect(draws[0].value).toBeCloseTo(distance, 12);
    const ratio = mean(draws.map((d) => d.standardError)) / standardDeviation(draws.map((d) => d.value));
    expect(ratio).toBeGreaterThan(0.8);
    expect(ratio).toBeLessThan(1.25);
  });
});

describe("size bias", () => {
  // N(0, I_256) against 50,000 draws of itself: 17.7, 8.8, 3.7 at n = 1000, 2000, 5000 (numpy, means of draws).
  test.each([
    [1000, 17.7],
    [2000, 8.8],
    [5000, 3.7],
  ])("the expected bias at n = %i is the observed one within a tenth", async (n, observed) => {
    const identity = (await standard(256)).covariance;
    const expected =
      (await expectedSizeBias(identity, 256, n)) + (await expectedSizeBias(identity, 256, 50_000));
    expect(Math.abs(expected / observed - 1)).toBeLessThan(0.1);
  });

  test("the caveat names n, d and the amount, and is silent when n is ample", () => {
    const known = { code: "size_bias", dimension: 256 };
    expect(sizeBiasCaveat(100, 256, 12.34)).toEqual({ ...known, n: 100, bias: 12.34 });
    expect(sizeBiasCaveat(1000, 256)).toEqual({ ...known, n: 1000, bias: null });
    expect(sizeBiasCaveat(2560, 256)).toBeNull();
  });
});

describe("Fréchet distance at infinite n", () => {
  test("takes the size bias away and is repeatable by its seed", async () => {
    const reference = await standard(24);
    const set = gaussianSet(3000, 24, 1);
    const plain = await frechetDistance(gaussianOf(momentsOf(set.data, 24)), reference);
    const first = await frechetInfinity(set, reference, { seed: 4 });
    expect(plain).toBeGreaterThan(0.04);
    expect(Math.abs(first.value)).toBeLessThan(plain / 4);
    expect(first.curve).toHaveLength(15);
    expect(first.curve[14]).toEqual({ n: 3000, distance: expect.closeTo(plain, 10) as number });
    expect(await frechetInfinity(set, reference, { seed: 4 })).toEqual(first);
    expect(first.slope).toBeGreaterThan(0);
  });
});

describe("Inception Score", () => {
  test("is the number of classes for certain, balanced samples and 1 for identical ones", () => {
    const classes = 5;
    const certain = Float64Array.from({ length: 100 * classes }, (_, i) =>
      Math.floor(i / classes) % classes === i % classes ? 60 : 0,
    );
    expect(inceptionScore(featureSet(certain, classes)).mean).toBeCloseTo(5, 10);
    const same = Float64Array.from({ length: 40 * classes }, (_, i) => i % classes);
    const score = inceptionScore(featureSet(same, classes));
    expect(score.mean).toBeCloseTo(1, 12);
    expect(score.std).toBeCloseTo(0, 12);
  });

  test("equals the formula with softmax written out", () => {
    const logits = featureSet(
      new NumpyRandomState(3).normals(30 * 4).map((x) => 2 * x),
      4,
    );
    const p = Array.from({ length: 30 }, (_, i) => {
      const e = Array.from(logits.data.subarray(i * 4, i * 4 + 4), Math.exp);
      const sum = e.reduce((a, b) => a + b, 0);
      return e.map((x) => x / sum);
    });
    const average = [0, 1, 2, 3].map((c) => mean(p.map((row) => row[c])));
    const kl = p.map((row) => row.reduce((sum, x, c) => sum + x * Math.log(x / average[c]), 0));
    expect(inceptionScore(logits, { splits: 1 }).mean).toBeCloseTo(Math.exp(mean(kl)), 12);
  });
});

describe("separability", () => {
  test("is about one half for two draws of one distribution and one for far ones", async () => {
    const same = await separability(gaussianSet(400, 6, 1), gaussianSet(300, 6, 2), { seed: 0 });
    expect(same.low).toBeLessThan(0.5);
    expect(same.high).toBeGreaterThan(0.5);
    const far = await separability(gaussianSet(400, 6, 1), gaussianSet(300, 6, 2, 4), { seed: 0 });
    expect(far.value).toBeGreaterThan(0.999);
  });

  test("does not overfit: with more features than samples it still says one half", async () => {
    const same = await separability(gaussianSet(60, 100, 1), gaussianSet(60, 100, 2), { seed: 0 });
    expect(same.value).toBeGreaterThan(0.3);
    expect(same.value).toBeLessThan(0.7);
  });

  test("finds the Bayes rate of two unit Gaussians 2 apart (84.1%)", async () => {
    const shifted = gaussianSet(3000, 1, 5, 2);
    const rate = await separability(gaussianSet(3000, 1, 4), shifted, { seed: 1 });
    expect(rate.low).toBeLessThan(0.841);
    expect(rate.high).toBeGreaterThan(0.841);
  });
});

describe("temporal probe", () => {
  test("shuffles every frame away from the original order, repeatably; freezes on one frame", () => {
    for (let seed = 0; seed < 30; seed++) {
      const order = probeFrameOrder("shuffled", 3, seed);
      expect([...order].sort()).toEqual([0, 1, 2]);
      expect(order).not.toEqual([0, 1, 2]);
      expect(probeFrameOrder("shuffled", 3, seed)).toEqual(order);
    }
    expect(probeFrameOrder("frozen", 4, 0)).toEqual([2, 2, 2, 2]);
    expect(() => probeFrameOrder("frozen", 1, 0)).toThrow(/no motion/);
    expect(temporalSensitivity(2, { shuffled: 6, frozen: 3 })).toEqual({ shuffled: 3, frozen: 1.5 });
  });
});

test("Student's quantile is right to three digits", () => {
  // R: qt(.975, c(5, 9, 19, 49))
  [
    [5, 2.570582],
    [9, 2.262157],
    [19, 2.093024],
    [49, 2.009575],
  ].forEach(([freedom, expected]) => expect(studentQuantile(0.975, freedom)).toBeCloseTo(expected, 3));
  expect(() => estimateOf(1, Float64Array.of(1))).toThrow(/at least 2/);
});

test("every registered metric computes with an interval, the published names and a distinct protocol", async () => {
  const real = gaussianSet(120, 6, 1);
  const fake = gaussianSet(100, 6, 2, 0.3);
  const reference = await prepareReference(gaussianOf(momentsOf(real.data, 6)));
  const keys: Record<string, string[]> = {};
  for (const [name, metric] of Object.entries(METRICS)) {
    const value = await metric.compute({ real, fake, reference, fakeLogits: fake, seed: 0, kidSubset: 50 });
    keys[name] = Object.keys(value.numbers);
    for (const number of Object.values(value.numbers)) expect(Number.isFinite(number)).toBe(true);
    for (const { low, high, value: v } of Object.values(value.estimates)) {
      expect(low).toBeLessThanOrEqual(v);
      expect(high).toBeGreaterThanOrEqual(v);
    }
  }
  expect(keys.kid).toEqual(expect.arrayContaining(["exact", "mean", "std"]));
  expect(keys.pr).toEqual(expect.arrayContaining(["precision", "recall"]));
  expect(keys.prdc).toEqual(expect.arrayContaining(["precision", "recall", "density", "coverage"]));
  expect(keys.c2st).toEqual(expect.arrayContaining(["accuracy", "low", "high"]));
  const protocols = Object.values(METRICS).map(({ protocol }) => protocol);
  expect(new Set(protocols).size).toBe(protocols.length);
});
