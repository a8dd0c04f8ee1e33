import { expect, test } from "vitest";
import { bootstrap } from "@/lib/ratings/bootstrap";
import { quantile } from "@/lib/numerics/sample-statistics";
import { bradleyTerry } from "@/lib/ratings/bradley-terry";
import { sandwichCovariance } from "@/lib/ratings/covariance";
import { pairTable } from "@/lib/ratings/pair-counts";
import { voteColumns } from "@/lib/ratings/log/vote-columns";
import { randomLog } from "./arbitraries";

const votes = randomLog(5, 3000, 12).map((vote, k) => ({ ...vote, voter: `v${k % 300}` }));
const { table, votes: columns } = voteColumns(votes, ["voter"]);
const fit = bradleyTerry(table);

test("percentile and BCa intervals agree with the sandwich on a large log", () => {
  const covariance = sandwichCovariance(table, fit);
  bootstrap(table, fit, { replicates: 800, seed: 1 }).forEach((interval, i) => {
    const width = 2 * 1.96 * Math.sqrt(covariance[i * 6]);
    expect((interval.high - interval.low) / width).toBeGreaterThan(0.9);
    expect((interval.high - interval.low) / width).toBeLessThan(1.1);
    expect((interval.bcaHigh - interval.bcaLow) / width).toBeGreaterThan(0.88);
    expect((interval.bcaHigh - interval.bcaLow) / width).toBeLessThan(1.12);
    expect(interval.bcaLow).toBeLessThan(fit.theta[i]);
    expect(interval.bcaHigh).toBeGreaterThan(fit.theta[i]);
  });
});

test("drawing whole voters agrees with the clustered sandwich when every voter votes alike", () => {
  // Each vote four times by one voter: clustered intervals are twice as wide as plain ones claim.
  const repeated = votes.slice(0, 800).flatMap((vote, k) => Array(4).fill({ ...vote, voter: `v${k}` }));
  const clustered = voteColumns(repeated, ["voter"]);
  const alone = bradleyTerry(clustered.table);
  const covariance = sandwichCovariance(clustered.table, alone, clustered.votes);
  const plain = sandwichCovariance(clustered.table, alone);
  bootstrap(clustered.table, alone, { replicates: 600, votes: clustered.votes }).forEach(
    ({ low, high }, i) => {
      expect(covariance[i * 6] / plain[i * 6]).toBeCloseTo(4, 1);
      const ratio = (high - low) / (2 * 1.96 * Math.sqrt(covariance[i * 6]));
      expect(ratio).toBeGreaterThan(0.88);
      expect(ratio).toBeLessThan(1.12);
    },
  );
});

test("BCa agrees with scipy.stats.bootstrap(method='BCa') on 48 wins of 60", () => {
  // The strength is half the logit of the win rate, so both bootstraps see the same few discrete values.
  const duel = pairTable([{ a: "x", b: "y", winsA: 48, winsB: 12, ties: 0, bothBad: 0 }]);
  const [interval] = bootstrap(duel, bradleyTerry(duel), { replicates: 4000, seed: 1 });
  expect(interval.bcaLow).toBeCloseTo(0.3845665437689337, 9);
  expect(interval.bcaHigh).toBeCloseTo(1.012190882248404, 9);
  expect(interval.high).toBeCloseTo(1.0986122886681098, 9);
});

test("the same seed gives the same intervals; two replicates at least", () => {
  const run = (seed: number) => bootstrap(table, fit, { replicates: 20, seed, votes: columns });
  expect(run(4)).toEqual(run(4));
  expect(run(4)).not.toEqual(run(5));
  expect(() => bootstrap(table, fit, { replicates: 1 })).toThrow(/two/);
});

test("quantiles interpolate as R's type 7", () => {
  const sorted = Float64Array.from([1, 2, 4, 8]);
  expect(quantile(sorted, 0.5)).toBe(3);
  expect(quantile(sorted, 0.9)).toBeCloseTo(6.8, 12);
  expect([quantile(sorted, 0), quantile(sorted, 1)]).toEqual([1, 8]);
});
