import fc from "fast-check";
import { expect, test } from "vitest";
import { bradleyTerry } from "@/lib/ratings/bradley-terry";
import { OUTCOMES, scoreOf, swapSides } from "@/lib/ratings/outcome";
import { countPairs, pairTable } from "@/lib/ratings/pair-counts";
import type { PairCount, PairVote } from "@/lib/ratings/pair-counts";
import { sigmoid, toRating } from "@/lib/ratings/scale";
import { connectedLogs, randomLog, voteLogs } from "./arbitraries";

const wins = (a: string, b: string, winsA: number, winsB: number): PairCount => ({
  a,
  b,
  winsA,
  winsB,
  ties: 0,
  bothBad: 0,
});
const fitOf = (votes: readonly PairVote[], models: readonly string[] = []) =>
  bradleyTerry(pairTable(countPairs(votes), models));
const byName = (fit: { models: string[]; theta: Float64Array }) =>
  Object.fromEntries(fit.models.map((model, i) => [model, fit.theta[i]]));

test("four competitors, 22 games: the strengths of Wikipedia's worked example (Bradley-Terry model, 2024)", () => {
  const fit = bradleyTerry(
    pairTable([wins("A", "B", 2, 3), wins("A", "D", 1, 4), wins("B", "C", 5, 3), wins("C", "D", 1, 3)]),
  );
  const strengths = Array.from(fit.theta, Math.exp);
  [0.64, 1.043, 0.66, 2.27].forEach((p, i) => expect(strengths[i]).toBeCloseTo(p, 3));
  expect(strengths.reduce((product, p) => product * p, 1)).toBeCloseTo(1, 12);
  expect(fit.gradientNorm).toBeLessThan(1e-9);
  expect(fit.graph).toMatchObject({ connected: true, separated: false });
});

test("the four-game pairwise case of the choix package (0>1, 1>2, 2>0, 0>2)", () => {
  const { theta } = bradleyTerry(
    pairTable([wins("0", "1", 1, 0), wins("1", "2", 1, 0), wins("0", "2", 1, 1)]),
  );
  expect(theta[0]).toBeCloseTo(0.419617624, 8);
  expect(theta[1]).toBeCloseTo(0, 12);
  expect(theta[2]).toBeCloseTo(-0.419617624, 8);
});

test("the optimum agrees with plain gradient descent on the single votes, to 1e-8 in rating", () => {
  const votes = randomLog(6, 400, 5);
  const fit = fitOf(votes);
  const index = new Map(fit.models.map((model, i) => [model, i]));
  const theta = new Float64Array(6);
  for (let step = 0; step < 20_000; step++) {
    const gradient = new Float64Array(6);
    for (const vote of votes) {
      const [a, b] = [index.get(vote.a)!, index.get(vote.b)!];
      const residual = sigmoid(theta[a] - theta[b]) - scoreOf(vote.outcome);
      gradient[a] += residual;
      gradient[b] -= residual;
    }
    if (Math.hypot(...gradient) < 1e-11) break;
    for (let i = 0; i < 6; i++) theta[i] -= gradient[i] / 60;
  }
  fit.models.forEach((_, i) =>
    expect(Math.abs(toRating(theta[i]) - toRating(fit.theta[i]))).toBeLessThan(1e-8),
  );
  expect(fit.gradientNorm).toBeLessThan(1e-9);
});

test("relabelling models permutes the strengths", () => {
  fc.assert(
    fc.property(voteLogs, (votes) => {
      const rename = (name: string) => `${9 - Number(name.slice(1))}-${name}`;
      const straight = byName(fitOf(votes));
      const renamed = byName(fitOf(votes.map((v) => ({ ...v, a: rename(v.a), b: rename(v.b) }))));
      for (const [name, theta] of Object.entries(straight))
        expect(renamed[rename(name)]).toBeCloseTo(theta, 9);
    }),
  );
});

test("the order of votes and the side a model was on change nothing", () => {
  fc.assert(
    fc.property(voteLogs, (votes) => {
      const other = votes.map((v) => ({ ...v, a: v.b, b: v.a, outcome: swapSides(v.outcome) })).reverse();
      expect(fitOf(other).theta).toEqual(fitOf(votes).theta);
    }),
  );
});

test("turning every result round negates the strengths", () => {
  fc.assert(
    fc.property(voteLogs, (votes) => {
      const turned = fitOf(votes.map((v) => ({ ...v, outcome: swapSides(v.outcome) })));
      const straight = fitOf(votes);
      straight.theta.forEach((t, i) => expect(turned.theta[i]).toBeCloseTo(-t, 9));
    }),
  );
});

test("duplicating every vote leaves the strengths alone", () => {
  fc.assert(
    fc.property(connectedLogs, (votes) => {
      const once = fitOf(votes);
      const twice = fitOf([...votes, ...votes]);
      once.theta.forEach((t, i) => expect(twice.theta[i]).toBeCloseTo(t, 9));
    }),
  );
});

test("adding models without votes changes nobody", () => {
  fc.assert(
    fc.property(voteLogs, (votes) => {
      const without = byName(fitOf(votes));
      const fit = fitOf(votes, ["a-newcomer", "z-newcomer"]);
      const grown = byName(fit);
      for (const [name, theta] of Object.entries(without)) expect(grown[name]).toBeCloseTo(theta, 11);
      expect(grown["a-newcomer"]).toBe(0);
    }),
  );
});

test("counts and rows give the same fit", () => {
  fc.assert(
    fc.property(voteLogs, (votes) => {
      const rows = votes.map((v) => countPairs([v])[0]);
      const [counted, single] = [bradleyTerry(pairTable(countPairs(votes))), bradleyTerry(pairTable(rows))];
      counted.theta.forEach((t, i) => expect(Math.abs(single.theta[i] - t)).toBeLessThan(1e-9));
    }),
  );
});

test("every log, however sparse, has a finite fit whose strengths sum to zero in each component", () => {
  fc.assert(
    fc.property(voteLogs, (votes) => {
      const fit = fitOf(votes);
      expect(fit.gradientNorm).toBeLessThan(1e-9);
      const sums = new Map<number, number>();
      fit.theta.forEach((t, i) => {
        expect(Number.isFinite(t)).toBe(true);
        sums.set(fit.graph.component[i], (sums.get(fit.graph.component[i]) ?? 0) + t);
      });
      for (const sum of sums.values()) expect(sum).toBeCloseTo(0, 9);
    }),
  );
});

test("a model that won everything is finite, first and flagged, and hardly moves the others' differences", () => {
  const core = randomLog(4, 2000, 3);
  const perfect = Array.from({ length: 10 }, (): PairVote => ({ a: "star", b: "m3", outcome: "a" }));
  const plain = byName(fitOf(core));
  const fit = fitOf([...core, ...perfect]);
  const grown = byName(fit);
  expect(fit.graph).toMatchObject({ connected: true, separated: true, groupCount: 2 });
  expect(grown.star - grown.m3).toBeGreaterThan(2);
  expect(grown.star - grown.m3).toBeLessThan(8);
  expect(grown.m3 - grown.m0).toBeCloseTo(plain.m3 - plain.m0, 2);
});

test("groups that never met are flagged and fitted each on its own", () => {
  const left = randomLog(3, 200, 1);
  const right = randomLog(3, 100, 2).map((v) => ({ ...v, a: `x${v.a}`, b: `x${v.b}` }));
  const fit = fitOf([...left, ...right]);
  expect(fit.graph).toMatchObject({ connected: false, separated: false, componentCount: 2 });
  expect(fit.graph.component[fit.models.indexOf("m0")]).toBe(fit.graph.main);
  const alone = byName(fitOf(left));
  for (const name of ["m0", "m1", "m2"]) expect(byName(fit)[name]).toBeCloseTo(alone[name], 11);
});

test("no votes and no models are a fit too", () => {
  expect(fitOf([]).theta).toHaveLength(0);
  expect(Array.from(fitOf([], ["x", "y"]).theta)).toEqual([0, 0]);
});

test("a fit restarted from elsewhere ends at the same numbers", () => {
  const table = pairTable(countPairs(randomLog(6, 500, 8)));
  const cold = bradleyTerry(table);
  const warm = bradleyTerry(table, { start: Float64Array.from([3, -3, 2, -2, 1, -1]) });
  cold.theta.forEach((t, i) => expect(Math.abs(t - warm.theta[i])).toBeLessThan(1e-12));
});

test("every outcome has a code", () => expect(OUTCOMES).toEqual(["a", "b", "tie", "both_bad"]));
