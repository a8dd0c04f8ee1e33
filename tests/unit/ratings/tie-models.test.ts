import fc from "fast-check";
import { expect, test } from "vitest";
import { bradleyTerry } from "@/lib/ratings/bradley-terry";
import { robustCovariance, sandwichCovariance } from "@/lib/ratings/covariance";
import { davidson, davidsonProbabilities } from "@/lib/ratings/davidson";
import { fourOutcome, fourOutcomeProbabilities } from "@/lib/ratings/four-outcome";
import { chooseTieModel, splitFolds } from "@/lib/ratings/analysis/held-out-log-loss";
import { cellCount } from "@/lib/ratings/meat";
import { countPairs, pairTable } from "@/lib/ratings/pair-counts";
import type { PairTable, PairVote } from "@/lib/ratings/pair-counts";
import { multinomial, seededRandom } from "@/lib/numerics/random";
import { connectedLogs, voteLogs } from "./arbitraries";

const THETA = [0.9, 0.3, -0.2, -1];

/** Expected or drawn counts of a known model: `games` battles a pair. */
function simulate(logNu: number, logKappa: number, games: number, seed?: number): PairTable {
  const random = seededRandom(seed ?? 0);
  const rows = [];
  for (let i = 0; i < THETA.length; i++) {
    for (let j = i + 1; j < THETA.length; j++) {
      const p = Float64Array.from(fourOutcomeProbabilities(THETA[i], THETA[j], logNu, logKappa));
      const n = seed === undefined ? p.map((x) => x * games) : multinomial(random, games, p);
      rows.push({ a: `m${i}`, b: `m${j}`, winsA: n[0], winsB: n[1], ties: n[2], bothBad: n[3] });
    }
  }
  return pairTable(rows);
}

test("Davidson's formula: nu sets the odds of a tie between equals", () => {
  expect(davidsonProbabilities(0.3, 0.3, 0)).toEqual([
    expect.closeTo(1 / 3),
    expect.closeTo(1 / 3),
    expect.closeTo(1 / 3),
  ]);
  const [win, loss, tie] = davidsonProbabilities(1, -0.5, Math.log(0.8));
  expect(win / loss).toBeCloseTo(Math.exp(1.5), 12);
  expect(tie ** 2 / (win * loss)).toBeCloseTo(0.64, 12);
});

test("expected counts give back the strengths, nu and kappa they came from", () => {
  const four = fourOutcome(simulate(-0.4, 0.2, 1000));
  THETA.forEach((t, i) => expect(four.theta[i]).toBeCloseTo(t, 9));
  expect(four.logNu).toBeCloseTo(-0.4, 9);
  expect(four.logKappa).toBeCloseTo(0.2, 9);
  const three = davidson(simulate(-0.4, -Infinity, 1000));
  THETA.forEach((t, i) => expect(three.theta[i]).toBeCloseTo(t, 9));
  expect(three.logNu).toBeCloseTo(-0.4, 9);
});

test("without ties all three models are plain Bradley-Terry, intervals included", () => {
  const table = simulate(-Infinity, -Infinity, 60, 4);
  const plain = bradleyTerry(table);
  const covariance = sandwichCovariance(table, plain);
  for (const fit of [davidson(table), fourOutcome(table)]) {
    plain.theta.forEach((t, i) => expect(Math.abs(fit.theta[i] - t)).toBeLessThan(0.02));
    covariance.forEach((v, at) => expect(robustCovariance(fit)[at]).toBeCloseTo(v, 2));
  }
});

test("an outcome that never came up is improbable, and the probabilities are those of the fit", () => {
  const { theta, logNu, logKappa } = fourOutcome(
    pairTable([{ a: "x", b: "y", winsA: 10, winsB: 0, ties: 0, bothBad: 0 }]),
  );
  const p = fourOutcomeProbabilities(theta[0], theta[1], logNu, logKappa);
  expect(p[0]).toBeGreaterThan(0.9);
  expect(p[2] + p[3]).toBeLessThan(0.05);
});

test("Davidson counts both-bad as ties", () => {
  const table = simulate(-0.4, 0.2, 500, 1);
  const merged = {
    ...table,
    ties: table.ties.map((t, i) => t + table.bothBad[i]),
    bothBad: new Float64Array(6),
  };
  expect(davidson(table)).toEqual(davidson(merged));
});

test("intervals of the four-outcome fit cover the truth about 95 times in 100", () => {
  let covered = 0;
  for (let seed = 1; seed <= 150; seed++) {
    const fit = fourOutcome(simulate(-0.4, 0.2, 120, seed));
    THETA.forEach((t, i) => {
      if (Math.abs(fit.theta[i] - t) < 1.96 * Math.sqrt(robustCovariance(fit)[i * 5])) covered++;
    });
  }
  expect(covered / 600).toBeGreaterThan(0.92);
  expect(covered / 600).toBeLessThan(0.98);
});

test("every log has a finite fit at a stationary point, and duplicating it halves the covariance", () => {
  fc.assert(
    fc.property(voteLogs, (votes) => {
      const table = pairTable(countPairs(votes), ["newcomer"]);
      for (const fit of [davidson(table), fourOutcome(table)]) {
        expect(fit.gradientNorm).toBeLessThan(1e-9);
        expect([...fit.theta, ...robustCovariance(fit)].every(Number.isFinite)).toBe(true);
      }
    }),
    { numRuns: 50 },
  );
  fc.assert(
    fc.property(connectedLogs, (votes) => {
      const decided = (["a", "b", "both_bad"] as const).map((outcome) => ({ ...votes[0], outcome }));
      const log = [...votes, ...decided];
      const [once, twice] = [log, [...log, ...log]].map((l) =>
        robustCovariance(davidson(pairTable(countPairs(l)))),
      );
      once.forEach((v, at) => expect(twice[at]).toBeCloseTo(v / 2, 8));
    }),
    { numRuns: 30 },
  );
});

test("a win across a chain of ties, explained ever better by ever more ties, stays finite and is called separated", () => {
  const vote = (a: string, b: string, outcome: PairVote["outcome"]): PairVote => ({ a, b, outcome });
  const chain = pairTable(
    countPairs([
      vote("m0", "m1", "b"),
      vote("m3", "m4", "tie"),
      vote("m0", "m5", "tie"),
      vote("m5", "m1", "both_bad"),
    ]),
  );
  const fit = davidson(chain);
  expect(fit.graph.separated).toBe(true);
  expect(fit.gradientNorm).toBeLessThan(1e-9);
  expect(fit.theta[1] - fit.theta[0]).toBeGreaterThan(0.3);
  expect(Math.max(...fit.theta, fit.logNu)).toBeLessThan(9);
  // One decided vote where ties alone were expected bounds nu, and the prior is gone.
  const tied = countPairs([
    ...Array.from({ length: 4 }, () => vote("m0", "m1", "tie")),
    vote("m0", "m1", "a"),
    vote("m0", "m1", "b"),
  ]);
  expect(davidson(pairTable(tied)).logNu).toBeCloseTo(Math.log(4), 9);
});

test("held-out log-loss chooses the model that made the votes", () => {
  // Both-bad driven by level: only the four-outcome model can say which pairs are bad.
  const four = chooseTieModel(simulate(-0.5, 0.5, 3000, 7));
  expect(four.best).toBe("four");
  expect(four.losses.find((l) => l.ties === "four")!.excess).toBe(0);
  // No both-bad: ties of Davidson's kind (many, and most between equals).
  const three = chooseTieModel(simulate(0.7, -Infinity, 3000, 8));
  expect(three.best).toBe("davidson");
  // Nothing but decided votes: the simple model is kept.
  expect(chooseTieModel(simulate(-Infinity, -Infinity, 200, 9)).best).toBe("half");
  expect(chooseTieModel(pairTable([])).best).toBe("half");
});

test("folds are a partition of the votes", () => {
  const table = simulate(-0.5, 0.5, 300, 3);
  const folds = splitFolds(table, 4, 1);
  for (let i = 0; i < 6; i++) {
    for (let o = 0; o < 4; o++) {
      const parts = folds.map((fold) => cellCount(fold, i, o));
      expect(parts.reduce((x, y) => x + y)).toBe(cellCount(table, i, o));
      expect(parts.every((n) => Number.isInteger(n) && n >= 0)).toBe(true);
    }
  }
});
