import { describe, expect, test } from "vitest";
import { personalRatings, TASTE_SD } from "@/lib/ratings/personal";
import type { PairCount } from "@/lib/ratings/pair-counts";
import { POINTS_PER_LOGIT, sigmoid } from "@/lib/ratings/scale";

const pair = (a: string, b: string, winsA: number, winsB: number, ties = 0, bothBad = 0): PairCount => ({
  ...{ a, b, winsA, winsB, ties, bothBad },
});
const BOARD = new Map([
  ["a", 1100],
  ["b", 1000],
  ["c", 900],
]);
const byModel = (counts: PairCount[], board = BOARD) =>
  new Map(personalRatings(counts, board).map((row) => [row.model, row]));

describe("one person's ratings", () => {
  test("are the maximum of prior and likelihood, found by looking for it along a line", () => {
    // Two models: theta_a = m + d / 2 and theta_b = m - d / 2 by symmetry about the prior's mean, so one unknown.
    const counts = [pair("a", "b", 3, 17, 4, 2)];
    const sd = TASTE_SD / POINTS_PER_LOGIT;
    const prior = 100 / POINTS_PER_LOGIT;
    const objective = (d: number) =>
      6 * Math.log(sigmoid(d)) + 20 * Math.log(sigmoid(-d)) - (d - prior) ** 2 / (4 * sd ** 2);
    let best = -3;
    for (let d = -3; d <= 3; d += 1e-4) if (objective(d) > objective(best)) best = d;
    const found = byModel(counts);
    expect(found.get("a")!.rating - found.get("b")!.rating).toBeCloseTo(best * POINTS_PER_LOGIT, 1);
    expect(found.get("a")!.rating + found.get("b")!.rating).toBeCloseTo(2100, 6);
  });

  test("stay the board's where the votes say what it expects, with intervals no wider than tastes differ", () => {
    const even = new Map([
      ["a", 1000],
      ["b", 1000],
    ]);
    for (const { rating, low, high } of byModel([pair("a", "b", 5, 5)], even).values()) {
      expect(rating).toBeCloseTo(1000, 6);
      expect(high - rating).toBeCloseTo(rating - low, 6);
      expect(high - rating).toBeLessThan(1.96 * TASTE_SD);
    }
  });

  test("go over to the votes as these grow, and become surer", () => {
    const of = (votes: number) => byModel([pair("a", "b", 0, votes)]);
    const gap = (votes: number) => of(votes).get("b")!.rating - of(votes).get("a")!.rating;
    expect(gap(1)).toBeGreaterThan(-100);
    expect(gap(1)).toBeLessThan(0);
    expect(gap(40)).toBeGreaterThan(100);
    const width = (votes: number) => of(votes).get("a")!.high - of(votes).get("a")!.low;
    expect(width(40)).toBeLessThan(width(2));
  });

  test("leave every rank open that they cannot exclude, and none that they do", () => {
    const few = personalRatings([pair("a", "b", 1, 1), pair("b", "c", 1, 1)], BOARD);
    expect(few.map(({ model, rankLow, rankHigh }) => [model, rankLow, rankHigh])).toEqual([
      ["a", 1, 3],
      ["b", 1, 3],
      ["c", 1, 3],
    ]);
    const sure = personalRatings([pair("a", "c", 0, 60), pair("a", "b", 30, 30)], BOARD);
    expect(sure[0]).toMatchObject({ model: "c", rank: 1, votes: 60 });
    expect(sure.find(({ model }) => model === "a")!.rankLow).toBeGreaterThan(1);
  });

  test("are finite after any number of wins, of models the board does not rate, and none without votes", () => {
    const rows = personalRatings([pair("new", "a", 10_000, 0)], BOARD);
    for (const { rating, low, high } of rows) expect([rating, low, high].every(Number.isFinite)).toBe(true);
    expect(rows[0].model).toBe("new");
    expect(personalRatings([], BOARD)).toEqual([]);
  });
});
