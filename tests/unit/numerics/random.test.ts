import { expect, test } from "vitest";
import { erfc, normalCdf, normalQuantile, twoSidedP } from "@/lib/numerics/normal";
import { binomial, multinomial, seededRandom } from "@/lib/numerics/random";

test("the same seed gives the same stream, another seed another", () => {
  const stream = (seed: number) =>
    Array.from(
      { length: 5 },
      (
        (r) => () =>
          r.uniform()
      )(seededRandom(seed)),
    );
  expect(stream(1)).toEqual(stream(1));
  expect(stream(1)).not.toEqual(stream(2));
});

test("uniforms and normals have the moments they should", () => {
  const random = seededRandom(3);
  const n = 100_000;
  const u = Array.from({ length: n }, () => random.uniform());
  const z = Array.from({ length: n }, () => random.normal());
  const mean = (x: number[]) => x.reduce((sum, v) => sum + v, 0) / n;
  expect(mean(u)).toBeCloseTo(0.5, 2);
  expect(mean(u.map((v) => (v - 0.5) ** 2))).toBeCloseTo(1 / 12, 2);
  expect(Math.abs(mean(z))).toBeLessThan(0.015);
  expect(mean(z.map((v) => v ** 2))).toBeCloseTo(1, 1);
  expect(mean(z.map((v) => v ** 4))).toBeGreaterThan(2.9);
  expect(Math.min(...u.slice(0, 1000))).toBeGreaterThanOrEqual(0);
});

test("binomials follow the distribution, in both of its samplers", () => {
  const random = seededRandom(11);
  for (const [n, p] of [
    [12, 0.3],
    [1000, 0.004],
    [60, 0.4],
    [5000, 0.7],
  ]) {
    const counts = new Map<number, number>();
    const draws = 40_000;
    for (let k = 0; k < draws; k++) {
      const x = binomial(random, n, p);
      counts.set(x, (counts.get(x) ?? 0) + 1);
    }
    // Chi-square over the cells with at least 20 expected draws.
    let probability = (1 - p) ** n;
    let [chi, cells] = [0, 0];
    let logProbability = n * Math.log1p(-p);
    for (let x = 0; x <= n; x++) {
      probability = Math.exp(logProbability);
      if (probability * draws >= 20) {
        chi += ((counts.get(x) ?? 0) - probability * draws) ** 2 / (probability * draws);
        cells++;
      }
      logProbability += Math.log((n - x) / (x + 1)) + Math.log(p / (1 - p));
    }
    expect(chi).toBeLessThan(cells + 4 * Math.sqrt(2 * cells));
  }
});

test("multinomials keep the total", () => {
  const random = seededRandom(2);
  const draw = multinomial(random, 1000, Float64Array.from([0, 1, 2, 0, 7, 0]));
  expect(draw.reduce((sum, x) => sum + x, 0)).toBe(1000);
  expect([draw[0], draw[3], draw[5]]).toEqual([0, 0, 0]);
  expect(draw[4]).toBeGreaterThan(600);
});

test("the normal distribution agrees with scipy.special (erfc, ndtr, ndtri)", () => {
  const reference: [number, number][] = [
    [0.1, 0.8875370839817152],
    [0.46, 0.5153446099983203],
    [1, 0.15729920705028513],
    [3.5, 7.430983723414128e-7],
    [4.5, 1.9661604415428873e-10],
    [10, 2.088487583762545e-45],
    [-2, 1.9953222650189528],
  ];
  for (const [x, value] of reference) expect(erfc(x) / value).toBeCloseTo(1, 12);
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 13);
  expect(normalQuantile(1e-10)).toBeCloseTo(-6.361340902404056, 11);
  expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 15);
  expect(twoSidedP(-1.959963984540054)).toBeCloseTo(0.05, 15);
  for (let p = 0.001; p < 1; p += 0.037) expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 14);
});
