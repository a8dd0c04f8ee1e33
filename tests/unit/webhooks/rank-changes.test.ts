import { expect, test } from "vitest";
import { rankChanges, type RankSpread } from "@/lib/webhooks/rank-changes";

const row = (modelId: string, rankLow: number | null = null, rankHigh = rankLow): RankSpread => ({
  modelId,
  rankLow,
  rankHigh,
});
const told = (before: RankSpread[], after: RankSpread[]) =>
  rankChanges(before, after).map(({ row: { modelId }, before, after }) => [modelId, before, after]);

test("only a changed rank spread is a change: an order that the votes do not tell apart is none", () => {
  expect(told([row("a", 1, 2), row("b", 1, 2)], [row("b", 1, 2), row("a", 1, 2)])).toEqual([]);
  expect(told([row("a", 1, 2), row("b", 1, 2)], [row("a", 1), row("b", 2)])).toEqual([
    ["a", { low: 1, high: 2 }, { low: 1, high: 1 }],
    ["b", { low: 1, high: 2 }, { low: 2, high: 2 }],
  ]);
});

test("a model that joins, or has votes or none any more, changed; one that stays without votes, or left, did not", () => {
  expect(told([], [row("new", 3)])).toEqual([["new", null, { low: 3, high: 3 }]]);
  expect(told([], [row("new")])).toEqual([]);
  expect(told([row("a", 2)], [row("a")])).toEqual([["a", { low: 2, high: 2 }, null]]);
  expect(told([row("a")], [row("a")])).toEqual([]);
  expect(told([row("gone", 1)], [])).toEqual([]);
});
