import { expect, test } from "vitest";
import { bradleyTerry } from "@/lib/ratings/bradley-terry";
import { sandwichCovariance } from "@/lib/ratings/covariance";
import { fitCovariates } from "@/lib/ratings/covariates";
import type { CovariateVote } from "@/lib/ratings/covariates";
import { swapSides } from "@/lib/ratings/outcome";
import { countPairs, pairTable } from "@/lib/ratings/pair-counts";
import { seededRandom } from "@/lib/numerics/random";
import { sigmoid } from "@/lib/ratings/scale";
import { IMAGE_STYLE, styleDifferences } from "@/lib/ratings/style-features";

const THETA = [0.6, 0.2, -0.1, -0.7];

/** Votes with a known effect of size (which goes with the strong models) and of being on the left. */
function simulate(votes: number, seed: number, size = 0.25, side = 0.1): CovariateVote[] {
  const random = seededRandom(seed);
  return Array.from({ length: votes }, (_, k) => {
    const i = random.below(4);
    const j = (i + 1 + random.below(3)) % 4;
    const x = random.normal() + 0.8 * (THETA[i] - THETA[j]);
    const left = random.uniform() < 0.5 ? 1 : -1;
    const z = THETA[i] - THETA[j] + size * x + side * left;
    const outcome = random.uniform() < sigmoid(z) ? "a" : "b";
    return { a: `m${i}`, b: `m${j}`, outcome, differences: [x, left], voter: `v${k % 50}` };
  });
}

test("injected coefficients come back within their intervals, about 95 times in 100", () => {
  let covered = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const [size, side] = fitCovariates(simulate(600, seed), ["size", "side"]).coefficients;
    if (size.low < 0.25 && 0.25 < size.high) covered++;
    if (side.low < 0.1 && 0.1 < side.high) covered++;
  }
  expect(covered).toBeGreaterThanOrEqual(108);
});

test("style control takes away what style alone gave", () => {
  const votes = simulate(20_000, 5);
  const fit = fitCovariates(votes, ["size", "side"]);
  const naive = bradleyTerry(pairTable(countPairs(votes)));
  expect(naive.theta[0] - THETA[0]).toBeGreaterThan(0.08);
  THETA.forEach((t, i) => expect(Math.abs(fit.theta[i] - t)).toBeLessThan(0.06));
  expect(fit.gradientNorm).toBeLessThan(1e-9);
});

test("the ridge acts on the summed loss: with many votes a true 0.25 stays 0.25", () => {
  const [size] = fitCovariates(simulate(20_000, 6), ["size", "side"], { ridge: 1 }).coefficients;
  expect(Math.abs(size.value - 0.25)).toBeLessThan(0.04);
  const [crushed] = fitCovariates(simulate(20_000, 6), ["size", "side"], { ridge: 20_000 }).coefficients;
  expect(crushed.value).toBeLessThan(0.1);
});

test("without covariates it is the plain fit, covariance included", () => {
  const votes = simulate(500, 7).map((vote) => ({ ...vote, differences: [] }));
  const table = pairTable(countPairs(votes));
  const plain = bradleyTerry(table);
  const fit = fitCovariates(votes, []);
  plain.theta.forEach((t, i) => expect(fit.theta[i]).toBeCloseTo(t, 9));
  sandwichCovariance(table, plain).forEach((v, at) => expect(fit.covariance[at]).toBeCloseTo(v, 9));
});

test("swapping sides with negated differences changes nothing; units only rescale", () => {
  const votes = simulate(400, 8);
  const swapped = votes.map((v) => ({
    ...v,
    a: v.b,
    b: v.a,
    outcome: swapSides(v.outcome),
    differences: v.differences.map((d) => -d),
  }));
  const scaled = votes.map((v) => ({ ...v, differences: [v.differences[0] * 1000, v.differences[1]] }));
  const [straight, turned, other] = [votes, swapped, scaled].map((log) =>
    fitCovariates(log, ["size", "side"]),
  );
  straight.theta.forEach((t, i) => expect(turned.theta[i]).toBeCloseTo(t, 9));
  straight.theta.forEach((t, i) => expect(other.theta[i]).toBeCloseTo(t, 9));
  expect(turned.coefficients[0].value).toBeCloseTo(straight.coefficients[0].value, 9);
  expect(other.coefficients[0].value * 1000).toBeCloseTo(straight.coefficients[0].value, 9);
  expect(other.coefficients[0].standardised).toBeCloseTo(straight.coefficients[0].standardised, 9);
});

test("a covariate that never differs, a clustered fit and a newcomer are all finite", () => {
  const votes = simulate(300, 9).map((v) => ({ ...v, differences: [v.differences[0], 0] }));
  const fit = fitCovariates(votes, ["size", "never"], { cluster: "voter", models: ["newcomer"] });
  expect(fit.coefficients[1].value).toBe(0);
  expect([...fit.theta, ...fit.covariance].every(Number.isFinite)).toBe(true);
});

test("wrong or missing differences are refused, never read as zero", () => {
  const [vote] = simulate(1, 1);
  expect(() => fitCovariates([vote], ["size"])).toThrow(/2 differences for 1/);
  expect(() => fitCovariates([{ ...vote, differences: [NaN, 1] }], ["size", "side"])).toThrow(/size is NaN/);
  const full = Object.fromEntries(IMAGE_STYLE.map(({ name }) => [name, 2]));
  const other = { ...full, resolution: 4, brightness: 1.5, sharpness: 0 };
  expect(styleDifferences(IMAGE_STYLE, full, other, false)).toEqual(
    [-Math.LN2, 0, 0.5, 0, 0, 0, Math.log(3), 0, 0, -1].map((x) => expect.closeTo(x, 12)),
  );
  expect(styleDifferences(IMAGE_STYLE, full, { ...full, sharpness: null }, true)).toBeNull();
});
