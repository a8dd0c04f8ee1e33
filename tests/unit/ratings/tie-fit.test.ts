import { expect, test } from "vitest";
import { bradleyTerry } from "@/lib/ratings/bradley-terry";
import { fourOutcomeProbabilities } from "@/lib/ratings/four-outcome";
import { fragility } from "@/lib/ratings/analysis/fragility";
import { compareMethods } from "@/lib/ratings/analysis/method-comparison";
import { pairTable, tableCounts, type PairTable } from "@/lib/ratings/pair-counts";
import { votesToSeparate } from "@/lib/ratings/analysis/power";
import { fitWithTies } from "@/lib/ratings/tie-fit";
import { buildSnapshot } from "@/lib/ratings/snapshot";

const THETA = [0.15, 0, -0.15];

/** Expected counts under the four-outcome model; without both-bad it is Davidson's. */
function expected(games: number, logKappa: number): PairTable {
  const rows = [];
  for (let i = 0; i < 3; i++) {
    for (let j = i + 1; j < 3; j++) {
      const p = fourOutcomeProbabilities(THETA[i], THETA[j], -0.3, logKappa);
      const [winsA, winsB, ties, bothBad] = p.map((x) => x * games);
      rows.push({ a: `m${i}`, b: `m${j}`, winsA, winsB, ties, bothBad });
    }
  }
  return pairTable(rows);
}

test("every fit expects the scores that its own model made, and they mirror each other", () => {
  for (const [ties, logKappa] of [
    ["davidson", -Infinity],
    ["four", 0.1],
  ] as const) {
    const table = expected(500, logKappa);
    const fit = fitWithTies(table, ties);
    expect(fit.covariance).toEqual(buildSnapshot(tableCounts(table), [], { ties }).covariance);
    for (let k = 0; k < 3; k++) {
      const [a, b] = [table.a[k], table.b[k]];
      const observed = (table.winsA[k] + (table.ties[k] + table.bothBad[k]) / 2) / 500;
      expect(fit.score(a, b)).toBeCloseTo(observed, 6);
      expect(fit.score(a, b) + fit.score(b, a)).toBeCloseTo(1, 12);
    }
  }
});

test("power under a model of ties: the votes it plans bring the standard error to where it must be", () => {
  const duel = (games: number) => {
    const p = fourOutcomeProbabilities(0.1, -0.1, -0.3, -Infinity);
    const [winsA, winsB, ties] = p.map((x) => x * games);
    return pairTable([{ a: "x", b: "y", winsA, winsB, ties, bothBad: 0 }]);
  };
  const fit = fitWithTies(duel(200), "davidson");
  const plan = votesToSeparate(fit.theta, fit.covariance, 0, 1, {
    votes: 200,
    information: fit.information(0, 1),
  });
  const after = fitWithTies(duel(200 + plan.directVotes!), "davidson");
  const { covariance } = after;
  const z = (after.theta[0] - after.theta[1]) / Math.sqrt(covariance[0] + covariance[3] - 2 * covariance[1]);
  expect(z).toBeCloseTo(1.96 + 0.8416, 1);
});

test("fragility by another model of ties is verified by that model's refit", () => {
  const table = pairTable([
    { a: "x", b: "y", winsA: 30, winsB: 22, ties: 10, bothBad: 0 },
    { a: "x", b: "z", winsA: 40, winsB: 20, ties: 5, bothBad: 3 },
    { a: "y", b: "z", winsA: 35, winsB: 20, ties: 5, bothBad: 9 },
  ]);
  const strengths = (rest: PairTable) => fitWithTies(rest, "four").theta;
  const found = fragility(table, bradleyTerry(table), { strengths })!;
  const first = (t: PairTable) => t.models[strengths(t).indexOf(Math.max(...strengths(t)))];
  expect(found.first).toBe(first(table));
  const rest = tableCounts(table).map((row) => ({ ...row }));
  for (const { a, b, outcome, votes } of found.removed) {
    const row = rest.find((other) => other.a === a && other.b === b)!;
    row[({ a: "winsA", b: "winsB", tie: "ties", both_bad: "bothBad" } as const)[outcome]] -= votes;
  }
  expect(first(pairTable(rest, table.models))).toBe(found.successor);
});

test("the comparison starts with the board's own method, and its variations keep the board's model of ties", () => {
  const table = expected(300, 0.1);
  const counts = tableCounts(table);
  const methods = compareMethods(counts, [], "four");
  expect(methods.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      "four",
      "overlap",
      "holm",
      "max-t",
      "reweighted",
      "half",
      "davidson",
      "win rate",
    ]),
  );
  const own = buildSnapshot(counts, [], { ties: "four" }).rows;
  for (const { model, rating, overlapLow } of own) {
    expect(methods[0]).toMatchObject({ name: "four", own: true, ranks: { [model]: { rating } } });
    expect(methods.find(({ name }) => name === "overlap")!.ranks[model].low).toBe(overlapLow);
  }
});
