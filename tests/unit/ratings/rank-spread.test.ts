import fc from "fast-check";
import { expect, test } from "vitest";
import { bradleyTerry } from "@/lib/ratings/bradley-terry";
import { sandwichCovariance } from "@/lib/ratings/covariance";
import { countPairs, pairTable } from "@/lib/ratings/pair-counts";
import { rankSpread } from "@/lib/ratings/rank-spread";
import { connectedLogs, randomLog } from "./arbitraries";

/** Independent strengths with equal standard errors. */
function diagonal(values: number[], se: number): { theta: Float64Array; covariance: Float64Array } {
  const n = values.length;
  const covariance = new Float64Array(n * n);
  for (let i = 0; i < n; i++) covariance[i * n + i] = se * se;
  return { theta: Float64Array.from(values), covariance };
}

test("a difference of 1.96 sqrt(2) standard errors parts a pair; overlap asks for twice 1.96", () => {
  const near = diagonal([2.7, 0], 1);
  const between = diagonal([2.8, 0], 1);
  const far = diagonal([4, 0], 1);
  const low = (d: typeof near, method: "pairwise" | "overlap") =>
    Array.from(rankSpread(d.theta, d.covariance, { method }).low);
  expect(low(near, "pairwise")).toEqual([1, 1]);
  expect(low(between, "pairwise")).toEqual([1, 2]);
  expect(low(between, "overlap")).toEqual([1, 1]);
  expect(low(far, "overlap")).toEqual([1, 2]);
});

test("the covariance counts: a shared error does not blur a difference", () => {
  const theta = Float64Array.from([1, 0]);
  const shared = Float64Array.from([1, 0.99, 0.99, 1]);
  expect(Array.from(rankSpread(theta, shared).high)).toEqual([1, 2]);
  expect(Array.from(rankSpread(theta, shared, { method: "overlap" }).high)).toEqual([2, 2]);
});

test("Holm steps down: p-values are held against alpha / 3, alpha / 2, alpha", () => {
  // |z| of the three pairs: 2.5, 2.3 and 4.8 (SE of a difference = sqrt(2) * se = 1).
  const { theta, covariance } = diagonal([4.8, 2.3, 0], Math.SQRT1_2);
  const holm = rankSpread(theta, covariance, { method: "holm" });
  expect([Array.from(holm.low), Array.from(holm.high)]).toEqual([
    [1, 2, 3],
    [1, 2, 3],
  ]);
  // Bonferroni (2.394) would have kept the second pair together; with z = 2.2 and 2.2 Holm does too.
  const weaker = diagonal([4.4, 2.2, 0], Math.SQRT1_2);
  expect(Array.from(rankSpread(weaker.theta, weaker.covariance, { method: "holm" }).low)).toEqual([1, 1, 2]);
});

test("max-t is the studentised range: 3.633 / sqrt(2) for four independent means", () => {
  // Tukey's q(0.95; 4, infinity) = 3.633, so differences of 2.45 standard errors stay together and 2.7 part.
  const at = (z: number) => diagonal([z, 0, 0, z], Math.SQRT1_2);
  const low = (z: number) => Array.from(rankSpread(at(z).theta, at(z).covariance, { method: "max-t" }).low);
  expect(low(2.45)).toEqual([1, 1, 1, 1]);
  expect(low(2.7)).toEqual([1, 3, 3, 1]);
});

test("spreads contain the rank, widen with the method's care, and follow a permutation", () => {
  fc.assert(
    fc.property(connectedLogs, (votes) => {
      const table = pairTable(countPairs(votes));
      const fit = bradleyTerry(table);
      const covariance = sandwichCovariance(table, fit);
      const pairwise = rankSpread(fit.theta, covariance);
      const wide = (["holm", "overlap"] as const).map((method) =>
        rankSpread(fit.theta, covariance, { method }),
      );
      fit.theta.forEach((_, i) => {
        expect(pairwise.low[i]).toBeLessThanOrEqual(pairwise.rank[i]);
        expect(pairwise.high[i]).toBeGreaterThanOrEqual(pairwise.rank[i]);
        for (const other of wide) {
          expect(other.low[i]).toBeLessThanOrEqual(pairwise.low[i]);
          expect(other.high[i]).toBeGreaterThanOrEqual(pairwise.high[i]);
        }
      });
      const n = fit.theta.length;
      const turned = covariance.map(
        (_, at) => covariance[(n - 1 - Math.floor(at / n)) * n + (n - 1 - (at % n))],
      );
      const mirror = rankSpread(Float64Array.from(fit.theta).reverse(), turned);
      expect(Array.from(mirror.low).reverse()).toEqual(Array.from(pairwise.low));
    }),
    { numRuns: 50 },
  );
});

test("max-t is the same for the same seed", () => {
  const table = pairTable(countPairs(randomLog(6, 400, 2)));
  const fit = bradleyTerry(table);
  const covariance = sandwichCovariance(table, fit);
  const spread = (seed: number) => rankSpread(fit.theta, covariance, { method: "max-t", seed });
  expect(spread(5)).toEqual(spread(5));
});

test("equal strengths share the better rank; nobody and one model have ranks too", () => {
  expect(Array.from(rankSpread(Float64Array.from([0, 1, 0]), new Float64Array(9).fill(0.1)).rank)).toEqual([
    2, 1, 2,
  ]);
  expect(rankSpread(new Float64Array(0), new Float64Array(0), { method: "max-t" }).rank).toHaveLength(0);
  expect(Array.from(rankSpread(new Float64Array(1), new Float64Array(1), { method: "max-t" }).high)).toEqual([
    1,
  ]);
});
