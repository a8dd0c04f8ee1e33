import { expect, test } from "vitest";
import { bradleyTerry } from "@/lib/ratings/bradley-terry";
import { sandwichCovariance } from "@/lib/ratings/covariance";
import { fragility } from "@/lib/ratings/analysis/fragility";
import { compareMethods } from "@/lib/ratings/analysis/method-comparison";
import { countPairs, pairTable } from "@/lib/ratings/pair-counts";
import type { PairTable, PairVote } from "@/lib/ratings/pair-counts";
import { dispersion, votesToSeparate } from "@/lib/ratings/analysis/power";
import { winRates } from "@/lib/ratings/analysis/win-rates";
import { randomLog } from "./arbitraries";

const duel = (winsA: number, winsB: number, ties = 0) =>
  pairTable([{ a: "x", b: "y", winsA, winsB, ties, bothBad: 0 }]);

function fitLead(table: PairTable): number {
  const { theta } = bradleyTerry(table);
  return theta.indexOf(Math.max(...theta));
}

/** The true minimum, by trying every set of up to `most` votes of a small table. */
function bruteForce(table: PairTable, most: number): number | null {
  const cells = [table.winsA, table.winsB, table.ties].flatMap((counts, o) =>
    Array.from(counts, (n, i) => ({ o, i, n })),
  );
  const lead = fitLead(table);
  const first = (t: PairTable) => {
    const { theta } = bradleyTerry(t);
    return Math.max(...theta) > theta[lead] + 1e-9 ? -1 : lead;
  };
  const visit = (left: number, from: number, t: PairTable): boolean => {
    if (left === 0) return first(t) !== lead;
    for (let c = from; c < cells.length; c++) {
      const { o, i } = cells[c];
      const key = (["winsA", "winsB", "ties"] as const)[o];
      if (t[key][i] === 0) continue;
      const next = { ...t, [key]: t[key].map((n, k) => (k === i ? n - 1 : n)) };
      if (visit(left - 1, c, next)) return true;
    }
    return false;
  };
  for (let k = 1; k <= most; k++) if (visit(k, 0, table)) return k;
  return null;
}

test("in a duel of 10 to 7, four votes flip the first place", () => {
  const table = duel(10, 7);
  expect(fragility(table, bradleyTerry(table))).toEqual({
    first: "x",
    successor: "y",
    votes: 4,
    share: 4 / 17,
    removed: [{ a: "x", b: "y", outcome: "a", votes: 4 }],
  });
});

test("on small boards the answer is the true minimum", () => {
  let checked = 0;
  for (let seed = 1; seed <= 12; seed++) {
    const table = pairTable(countPairs(randomLog(4, 60, seed, 0.12)));
    const found = fragility(table, bradleyTerry(table));
    const truth = bruteForce(table, 3);
    if (truth === null) continue;
    expect(found?.votes).toBe(truth);
    checked++;
  }
  expect(checked).toBeGreaterThanOrEqual(4);
});

test("the votes named do flip it: a refit without them has another first", () => {
  const votes = randomLog(6, 3000, 4, 0.1);
  const table = pairTable(countPairs(votes));
  const result = fragility(table, bradleyTerry(table))!;
  const rest = {
    ...table,
    winsA: table.winsA.slice(),
    winsB: table.winsB.slice(),
    ties: table.ties.slice(),
    bothBad: table.bothBad.slice(),
  };
  const keys = { a: "winsA", b: "winsB", tie: "ties", both_bad: "bothBad" } as const;
  for (const { a, b, outcome, votes: n } of result.removed) {
    const at = table.a.findIndex((i, k) => table.models[i] === a && table.models[table.b[k]] === b);
    rest[keys[outcome]][at] -= n;
    expect(rest[keys[outcome]][at]).toBeGreaterThanOrEqual(0);
  }
  const { theta } = bradleyTerry(rest);
  expect(table.models[theta.indexOf(Math.max(...theta))]).toBe(result.successor);
  expect(result.successor).not.toBe(result.first);
  expect(result.removed.reduce((sum, r) => sum + r.votes, 0)).toBe(result.votes);
});

test("one model, or none, has no rival to lose to", () => {
  const table = pairTable([], ["only"]);
  expect(fragility(table, bradleyTerry(table))).toBeNull();
});

test("power: as many votes as the plan says bring the standard error to where it must be", () => {
  const table = duel(110, 90, 100);
  const { theta } = bradleyTerry(table);
  const covariance = sandwichCovariance(table, bradleyTerry(table));
  const plan = votesToSeparate(theta, covariance, 0, 1, { votes: 300, dispersion: dispersion(table, theta) });
  expect(plan.separated).toBe(false);
  const factor = (300 + plan.directVotes!) / 300;
  const grown = duel(110 * factor, 90 * factor, 100 * factor);
  const after = sandwichCovariance(grown, bradleyTerry(grown));
  const z = (theta[0] - theta[1]) / Math.sqrt(after[0] + after[3] - 2 * after[1]);
  expect(z).toBeCloseTo(1.96 + 0.8416, 1);
  // With two models the board is the pair.
  expect(plan.boardVotes! / plan.directVotes!).toBeCloseTo(1, 1);
});

test("power: models told apart need no more votes, and equal ones no number", () => {
  const apart = duel(900, 100);
  const equal = duel(50, 50);
  const plan = (table: PairTable) => {
    const fit = bradleyTerry(table);
    return votesToSeparate(fit.theta, sandwichCovariance(table, fit), 0, 1, { votes: 100 });
  };
  expect(plan(apart)).toMatchObject({ separated: true, directVotes: 0, boardVotes: 0 });
  expect(plan(equal)).toMatchObject({ separated: false, directVotes: null, boardVotes: null });
  const rounded = Float64Array.of(1e-16, -1e-16);
  const fit = bradleyTerry(equal);
  const covariance = sandwichCovariance(equal, fit);
  expect(votesToSeparate(rounded, covariance, 0, 1, { votes: 100 }).directVotes).toBeNull();
});

test("win rates: observed shares mirror each other, predictions are the fit's, strangers are null", () => {
  const votes: PairVote[] = [
    { a: "x", b: "y", outcome: "a" },
    { a: "y", b: "x", outcome: "tie" },
  ];
  const table = pairTable(countPairs(votes), ["z"]);
  const rates = winRates(table, Float64Array.from([0.5, -0.5, 0]));
  expect(rates.observed[0][1]).toBe(0.75);
  expect(rates.observed[1][0]).toBe(0.25);
  expect(rates.observed[0][2]).toBeNull();
  expect(rates.predicted[0][1]).toBeCloseTo(1 / (1 + Math.exp(-1)), 12);
  expect(rates.games[1][0]).toBe(2);
});

test("ranks under every method, for models with and without votes", () => {
  const methods = compareMethods(countPairs(randomLog(5, 800, 2)), ["newcomer"]);
  expect(methods.map(({ name }) => name)).toContain("davidson");
  for (const { ranks } of methods) {
    expect(ranks.newcomer.rank).toBeNull();
    expect(ranks.m4.rank).toBe(1);
  }
});
