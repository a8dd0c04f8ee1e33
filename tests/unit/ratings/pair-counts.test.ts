import fc from "fast-check";
import { expect, test } from "vitest";
import { swapSides } from "@/lib/ratings/outcome";
import {
  canonicalPair,
  countPairs,
  countPairsByCategory,
  gamesOf,
  mergePairCounts,
  pairTable,
  tableCounts,
  tally,
} from "@/lib/ratings/pair-counts";
import { voteLogs } from "./arbitraries";

test("counts do not depend on the order of votes or on which side a model was", () => {
  fc.assert(
    fc.property(voteLogs, (votes) => {
      const swapped = votes.map((v) => ({ ...v, a: v.b, b: v.a, outcome: swapSides(v.outcome) })).reverse();
      expect(countPairs(swapped)).toEqual(countPairs(votes));
    }),
  );
});

test("no vote is lost or counted twice, however the log is split and merged", () => {
  fc.assert(
    fc.property(voteLogs, fc.nat(), (votes, cut) => {
      const at = cut % (votes.length + 1);
      const merged = mergePairCounts(countPairs(votes.slice(at)), countPairs(votes.slice(0, at)));
      expect(merged).toEqual(countPairs(votes));
      expect(merged.reduce((sum, row) => sum + gamesOf(row), 0)).toBe(votes.length);
      expect(tableCounts(pairTable(merged))).toEqual(merged);
    }),
  );
});

test("merging turns rows round into canonical order", () => {
  const row = { a: "z", b: "a", winsA: 3, winsB: 1, ties: 2, bothBad: 4 };
  expect(mergePairCounts([row])).toEqual([{ a: "a", b: "z", winsA: 1, winsB: 3, ties: 2, bothBad: 4 }]);
});

test("tallies: wins, losses and ties make up the games; both-bad is among the ties", () => {
  const table = pairTable([{ a: "x", b: "y", winsA: 3, winsB: 1, ties: 2, bothBad: 4 }], ["unvoted"]);
  expect(table.models).toEqual(["unvoted", "x", "y"]);
  expect(tally(table)).toEqual([
    { wins: 0, losses: 0, ties: 0, bothBad: 0, games: 0 },
    { wins: 3, losses: 1, ties: 6, bothBad: 4, games: 10 },
    { wins: 1, losses: 3, ties: 6, bothBad: 4, games: 10 },
  ]);
});

test("a model against itself and impossible counts are refused", () => {
  expect(() => canonicalPair("x", "x", "a")).toThrow(/itself/);
  for (const bad of [-1, NaN, Infinity]) {
    expect(() => pairTable([{ a: "x", b: "y", winsA: bad, winsB: 1, ties: 0, bothBad: 0 }])).toThrow(
      /impossible/,
    );
  }
});

test("each category is counted by itself", () => {
  const votes = [
    { a: "x", b: "y", outcome: "a", category: "text" },
    { a: "x", b: "y", outcome: "b", category: "colour" },
    { a: "x", b: "y", outcome: "b" },
  ] as const;
  const cuts = countPairsByCategory(votes);
  expect([...cuts.keys()]).toEqual(["colour", "text"]);
  expect(cuts.get("text")).toEqual([{ a: "x", b: "y", winsA: 1, winsB: 0, ties: 0, bothBad: 0 }]);
});
