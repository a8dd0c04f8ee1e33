import { describe, expect, test } from "vitest";
import { authenticity } from "@/lib/metrics/authenticity";
import type { FeatureSet } from "@/lib/metrics/features";
import { featureSet } from "@/lib/metrics/features";
import { forEachGramTile } from "@/lib/metrics/gram";
import { gaussianMmd, kernelDistance, subsetKernelDistance } from "@/lib/metrics/kernel-distance";
import { nearestNeighbours } from "@/lib/metrics/neighbours";
import { precisionRecall } from "@/lib/metrics/precision-recall";
import { mean, standardDeviation } from "@/lib/numerics/sample-statistics";
import { pairedDifference } from "@/lib/metrics/estimate";
import { NumpyRandomState } from "./numpy-random";

const line = (...values: number[]) => featureSet(Float64Array.from(values), 1);
function gaussianSet(n: number, d: number, seed: number, shift = 0, scale = 1): FeatureSet {
  return featureSet(
    new NumpyRandomState(seed).normals(n * d).map((x) => shift + scale * x),
    d,
  );
}
const row = ({ data, dimension }: FeatureSet, i: number) => data.subarray(i * dimension, (i + 1) * dimension);
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i], 0);
const gapSquared = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0);

test("tiles together cover every pair once, whatever their size", async () => {
  const [a, b] = [gaussianSet(23, 7, 1), gaussianSet(18, 7, 2)];
  for (const tile of [4, 5, 64]) {
    const seen = new Float64Array(23 * 18);
    await forEachGramTile(a, b, { tile }, ({ row: r, column, rows, columns, gram }) => {
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < columns; j++) {
          seen[(r + i) * 18 + column + j]++;
          expect(gram[i * columns + j]).toBeCloseTo(dot(row(a, r + i), row(b, column + j)), 12);
        }
    });
    expect(seen.every((count) => count === 1)).toBe(true);
  }
});

describe("kernel distance", () => {
  const k = (x: ArrayLike<number>, y: ArrayLike<number>, d: number) => (dot(x, y) / d + 1) ** 3;

  test("equals the U-statistic written out pair by pair", async () => {
    const [real, fake] = [gaussianSet(12, 5, 3), gaussianSet(9, 5, 4, 0.5)];
    const among = (set: FeatureSet) => {
      let sum = 0;
      for (let i = 0; i < set.n; i++)
        for (let j = 0; j < set.n; j++) if (i !== j) sum += k(row(set, i), row(set, j), 5);
      return sum / (set.n * (set.n - 1));
    };
    let across = 0;
    for (let i = 0; i < 12; i++)
      for (let j = 0; j < 9; j++) across += k(row(real, i), row(fake, j), 5) / (12 * 9);
    const { value } = await kernelDistance(real, fake, { tile: 5 });
    expect(value).toBeCloseTo(among(real) + among(fake) - 2 * across, 11);
  });

  test("is unbiased: over many draws of one distribution it averages to zero within its error", async () => {
    const values: number[] = [];
    for (let seed = 0; seed < 200; seed++) {
      values.push(
        (await kernelDistance(gaussianSet(20, 3, 2 * seed), gaussianSet(20, 3, 2 * seed + 1))).value,
      );
    }
    expect(Math.abs(mean(values))).toBeLessThan((3 * standardDeviation(values)) / Math.sqrt(200));
  });

  test("its stated standard error is the spread of the value over draws of the generated set", async () => {
    const real = gaussianSet(400, 4, 99);
    const draws = [];
    for (let seed = 0; seed < 120; seed++)
      draws.push(await kernelDistance(real, gaussianSet(80, 4, seed, 0.5)));
    const spread = standardDeviation(draws.map(({ value }) => value));
    const stated = mean(draws.map(({ standardError }) => standardError));
    expect(stated / spread).toBeGreaterThan(0.8);
    expect(stated / spread).toBeLessThan(1.25);
  });

  test("subsets vary about the exact value; those as large as both sets, or larger than one, are refused", async () => {
    const [real, fake] = [gaussianSet(30, 4, 5), gaussianSet(30, 4, 6, 1)];
    const exact = await kernelDistance(real, fake);
    const { mean, std } = await subsetKernelDistance(real, fake, { seed: 1, subsets: 200, size: 15 });
    expect(std).toBeGreaterThan(0);
    expect(Math.abs(mean - exact.value)).toBeLessThan((4 * std) / Math.sqrt(200));
    await expect(subsetKernelDistance(real, fake, { seed: 1, size: 30 })).rejects.toThrow(
      /whole of both sets/,
    );
    await expect(subsetKernelDistance(real, fake, { seed: 1 })).rejects.toThrow(/at least 1000 real samples/);
  });
});

test("Gaussian MMD is the biased V-statistic of CMMD, times 1000", async () => {
  const [real, fake] = [gaussianSet(6, 3, 1, 0, 8), gaussianSet(5, 3, 2, 3, 8)];
  const k = (x: ArrayLike<number>, y: ArrayLike<number>) => Math.exp(-gapSquared(x, y) / 200);
  const average = (a: FeatureSet, b: FeatureSet) => {
    let sum = 0;
    for (let i = 0; i < a.n; i++) for (let j = 0; j < b.n; j++) sum += k(row(a, i), row(b, j));
    return sum / (a.n * b.n);
  };
  const expected = 1000 * (average(real, real) + average(fake, fake) - 2 * average(real, fake));
  expect((await gaussianMmd(real, fake)).value).toBeCloseTo(expected, 9);
});

describe("precision, recall, density, coverage", () => {
  // The toy example of the prdc package's issue tracker: real [0,1,3,7], generated [.5,2,10,11], k = 1.
  const [real, fake] = [line(0, 1, 3, 7), line(0.5, 2, 10, 11)];
  test.each([
    [false, 0.75, 0.75, 1, 1],
    [true, 1, 0.75, 1.5, 1],
  ])("toy values, surface inside: %s", async (inclusive, precision, recall, density, coverage) => {
    const [result] = await precisionRecall(real, fake, [{ k: 1, inclusive }], { tile: 3 });
    expect(result.precision.value).toBe(precision);
    expect(result.recall.value).toBe(recall);
    expect(result.density.value).toBe(density);
    expect(result.coverage.value).toBe(coverage);
  });

  test("equals the definition by brute force, for two conventions at once and any tile", async () => {
    const [r, f] = [gaussianSet(40, 3, 7), gaussianSet(31, 3, 8, 0.7)];
    const radius = (set: FeatureSet, i: number, k: number) =>
      Array.from({ length: set.n }, (_, j) => gapSquared(row(set, i), row(set, j))).sort((a, b) => a - b)[k];
    const conventions = [
      { k: 3, inclusive: true },
      { k: 5, inclusive: false },
    ];
    const results = await precisionRecall(r, f, conventions, { tile: 7 });
    conventions.forEach(({ k }, c) => {
      let inBalls = 0;
      let precise = 0;
      for (let j = 0; j < f.n; j++) {
        let count = 0;
        for (let i = 0; i < r.n; i++) if (gapSquared(row(r, i), row(f, j)) < radius(r, i, k)) count++;
        inBalls += count;
        precise += count > 0 ? 1 : 0;
      }
      let covered = 0;
      let recalled = 0;
      for (let i = 0; i < r.n; i++) {
        const gaps = Array.from({ length: f.n }, (_, j) => gapSquared(row(r, i), row(f, j)));
        covered += Math.min(...gaps) < radius(r, i, k) ? 1 : 0;
        recalled += gaps.some((gap, j) => gap < radius(f, j, k)) ? 1 : 0;
      }
      expect(results[c].precision.value).toBeCloseTo(precise / f.n, 12);
      expect(results[c].density.value).toBeCloseTo(inBalls / (k * f.n), 12);
      expect(results[c].coverage.value).toBeCloseTo(covered / r.n, 12);
      expect(results[c].recall.value).toBeCloseTo(recalled / r.n, 12);
    });
  });

  test("needs more than k samples on each side", async () => {
    await expect(precisionRecall(line(1, 2, 3, 4, 5), fake)).rejects.toThrow(
      /at least 6 real samples, not 5/,
    );
  });
});

describe("memorisation", () => {
  test("copies are not authentic, fresh draws are about half the time", async () => {
    const real = gaussianSet(300, 8, 1);
    const copies = featureSet(
      Float64Array.from(real.data, (x, i) => x + 1e-4 * Math.sin(i)),
      8,
    );
    const copied = await authenticity(real, copies);
    expect(copied.authentic.value).toBe(0);
    expect(copied.closest[0].generated).toBe(copied.closest[0].real);
    const fresh = await authenticity(real, gaussianSet(300, 8, 2));
    expect(fresh.authentic.value).toBeGreaterThan(0.35);
    expect(fresh.authentic.value).toBeLessThan(0.65);
  });

  test("nearest neighbours leave a sample out of its own list, and keep a duplicate", async () => {
    const set = line(0, 5, 5, 9);
    const { indices, squaredDistances } = await nearestNeighbours(set, set, 2, { tile: 2 });
    expect([...indices.subarray(2, 4)]).toEqual([2, 3]);
    expect([...squaredDistances.subarray(2, 4)]).toEqual([0, 16]);
  });
});

test("a paired test finds a small difference that the unpaired one cannot see", async () => {
  const real = gaussianSet(200, 3, 1);
  const noise = new NumpyRandomState(2).normals(150 * 3);
  const first = featureSet(
    noise.map((x) => x + 0.3),
    3,
  );
  const second = featureSet(
    noise.map((x) => x + 0.33),
    3,
  );
  const [a, b] = [await kernelDistance(real, first), await kernelDistance(real, second)];
  const paired = pairedDifference(b, a);
  const unpaired = pairedDifference(b, a, { paired: false });
  expect(paired.pValue).toBeLessThan(0.01);
  expect(unpaired.pValue).toBeGreaterThan(0.2);
  const shorter = await kernelDistance(real, gaussianSet(10, 3, 3));
  expect(() => pairedDifference(a, shorter)).toThrow(/150 generated and 10 generated/);
});
