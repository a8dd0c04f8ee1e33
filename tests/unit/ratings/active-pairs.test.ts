import fc from "fast-check";
import { expect, test } from "vitest";
import { pairDistribution, samplePair, uniformPairs } from "@/lib/ratings/active-pairs";
import type { PairDistribution } from "@/lib/ratings/active-pairs";
import { countPairs, pairTable } from "@/lib/ratings/pair-counts";
import type { PairVote } from "@/lib/ratings/pair-counts";
import { seededRandom } from "@/lib/numerics/random";
import { buildSnapshot } from "@/lib/ratings/snapshot";
import { randomLog, voteLogs } from "./arbitraries";

function distributionOf(
  votes: readonly PairVote[],
  models: readonly string[],
  options = {},
): PairDistribution {
  const snapshot = buildSnapshot(countPairs(votes), models);
  const n = snapshot.models.length;
  const games = new Float64Array(n * n);
  const table = pairTable(countPairs(votes), models);
  table.a.forEach((a, k) => {
    games[a * n + table.b[k]] = games[table.b[k] * n + a] =
      table.winsA[k] + table.winsB[k] + table.ties[k] + table.bothBad[k];
  });
  return pairDistribution(snapshot.theta, snapshot.covariance, games, options);
}

test("chances sum to one and none falls below the floor", () => {
  fc.assert(
    fc.property(voteLogs, fc.constantFrom(0.05, 0.2, 1), (votes, floor) => {
      const { probability } = distributionOf(votes, ["newcomer"], { floor });
      expect(probability.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
      // Bridges may take up to half; the floor holds of the rest.
      for (const p of probability) expect(p).toBeGreaterThanOrEqual(floor / probability.length / 2 - 1e-15);
    }),
    { numRuns: 50 },
  );
});

test("half of the battles go to a model that has met nobody", () => {
  const { a, b, probability } = distributionOf(randomLog(5, 500, 3), ["zz-newcomer"]);
  const mass = probability.reduce((sum, p, k) => sum + (a[k] === 5 || b[k] === 5 ? p : 0), 0);
  expect(mass).toBeGreaterThanOrEqual(0.5);
});

test("close and uncertain neighbours meet more often than settled strangers", () => {
  const votes = [
    ...Array.from({ length: 40 }, (_, k): PairVote => ({ a: "x", b: "y", outcome: k % 2 ? "a" : "b" })),
    ...Array.from({ length: 4000 }, (_, k): PairVote => ({ a: "y", b: "z", outcome: k % 10 ? "a" : "b" })),
    ...Array.from({ length: 400 }, (_, k): PairVote => ({ a: "x", b: "z", outcome: k % 10 ? "a" : "b" })),
  ];
  const { probability } = distributionOf(votes, []);
  const [xy, , yz] = probability;
  expect(xy).toBeGreaterThan(3 * yz);
});

test("draws follow the distribution, and the propensity is the chance they had", () => {
  const distribution = distributionOf(randomLog(5, 300, 4), []);
  const random = seededRandom(1);
  const seen = new Float64Array(distribution.probability.length);
  for (let k = 0; k < 20_000; k++) {
    const choice = samplePair(distribution, random.uniform());
    const at = distribution.a.findIndex((a, i) => a === choice.a && distribution.b[i] === choice.b);
    expect(choice.propensity).toBe(distribution.probability[at]);
    seen[at] += 1 / 20_000;
  }
  seen.forEach((share, k) => expect(Math.abs(share - distribution.probability[k])).toBeLessThan(0.015));
});

test("no votes at all: every pair alike; fewer than two models: no battle", () => {
  const { probability } = distributionOf([], ["x", "y", "z"]);
  probability.forEach((p) => expect(p).toBeCloseTo(1 / 3, 12));
  expect(uniformPairs(1).probability).toHaveLength(0);
  expect(() => samplePair(distributionOf([], ["x"]), 0.5)).toThrow(/two models/);
  expect(samplePair(uniformPairs(2), 1)).toEqual({ a: 0, b: 1, propensity: 1 });
});

test("on a large board the chances are those by all contrasts, though only the near ones are looked at", () => {
  const votes = randomLog(60, 6_000, 3);
  const [whole, near] = [Infinity, 0].map(
    (wholeUpTo) => distributionOf(votes, [], { wholeUpTo }).probability,
  );
  const apart = whole.reduce((sum, p, k) => sum + Math.abs(p - near[k]), 0) / 2;
  expect(apart).toBeGreaterThan(0);
  expect(apart).toBeLessThan(0.001);
});
