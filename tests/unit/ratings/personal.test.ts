import { describe, expect, test } from "vitest";
import { personalRatings, type BoardRating } from "@/lib/ratings/personal";
import type { PairCount } from "@/lib/ratings/pair-counts";
import { simulateVoters } from "../../support/personal-voter";
import { POINTS_PER_LOGIT, sigmoid } from "@/lib/ratings/scale";

const pair = (a: string, b: string, winsA: number, winsB: number, ties = 0, bothBad = 0): PairCount => ({
  ...{ a, b, winsA, winsB, ties, bothBad },
});
const known = (ratings: Record<string, number>, se = 0) =>
  new Map<string, BoardRating>(Object.entries(ratings).map(([model, rating]) => [model, { rating, se }]));
const BOARD = known({ a: 1100, b: 1000, c: 900 });
const byModel = (counts: PairCount[], board = BOARD) =>
  new Map(personalRatings(counts, board).map((row) => [row.model, row]));

describe("one person's ratings", () => {
  test("are the posterior's mean and spread, found by adding it up over a fine grid", () => {
    // Of two models the votes see the difference d alone, which is normal around the board's.
    const [wins, losses] = [6, 20];
    const prior = 100 / POINTS_PER_LOGIT;
    const density = (d: number) =>
      [50, 100, 200].reduce((sum, taste) => {
        const sd = (Math.SQRT2 * taste) / POINTS_PER_LOGIT;
        return sum + Math.exp(-(((d - prior) / sd) ** 2) / 2) / sd;
      }, 0) *
      sigmoid(d) ** wins *
      sigmoid(-d) ** losses;
    let [all, first, second] = [0, 0, 0];
    for (let d = -8; d <= 8; d += 1e-3) {
      all += density(d);
      first += d * density(d);
      second += d * d * density(d);
    }
    const mean = first / all;
    const sd = Math.sqrt(second / all - mean ** 2);
    const found = byModel([pair("a", "b", 3, 17, 4, 2)]);
    const [a, b] = [found.get("a")!, found.get("b")!];
    expect(Math.abs(a.rating - b.rating - mean * POINTS_PER_LOGIT)).toBeLessThan(10);
    expect(a.rating + b.rating).toBeCloseTo(2100, 6);
    // Both go apart by half the difference each.
    expect((a.high - a.rating) / (1.96 * (sd / 2) * POINTS_PER_LOGIT)).toBeCloseTo(1, 1);
  });

  test("stay the board's where the votes say what it expects, with intervals no wider than tastes differ", () => {
    const even = known({ a: 1000, b: 1000 });
    for (const { rating, low, high } of byModel([pair("a", "b", 5, 5)], even).values()) {
      expect(rating).toBeCloseTo(1000, 6);
      expect(high - rating).toBeCloseTo(rating - low, 6);
      expect(high - rating).toBeLessThan(1.96 * 200);
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

  test("are as unsure as the board is where the votes are few", () => {
    const half = (se: number) => {
      const { rating, high } = byModel([pair("a", "b", 1, 1)], known({ a: 1000, b: 1000 }, se)).get("a")!;
      return high - rating;
    };
    expect(half(150)).toBeGreaterThan(1.3 * half(0));
  });

  // 1,200 intervals each; more in tests/bench/ratings/personal.ts, with the figures in docs/metrics/ratings.md.
  test.each([
    ["as everybody's", { votes: 20, taste: 100, boardSe: 30, ties: 0 }, 0.93, 0.98],
    ["as everybody's, on many votes", { votes: 200, taste: 100, boardSe: 30, ties: 0 }, 0.92, 0.97],
    ["as everybody's, on a new board", { votes: 50, taste: 100, boardSe: 100, ties: 0.3 }, 0.93, 0.98],
    ["nearer to the board's", { votes: 50, taste: 50, boardSe: 30, ties: 0 }, 0.95, 1],
    ["twice as strong, on few votes", { votes: 20, taste: 200, boardSe: 30, ties: 0 }, 0.8, 0.97],
    ["twice as strong, on many", { votes: 200, taste: 200, boardSe: 30, ties: 0 }, 0.91, 0.97],
  ])("have intervals that hold for tastes %s", (_, world, least, most) => {
    const { coverage } = simulateVoters(world, 150);
    expect(coverage).toBeGreaterThan(least);
    expect(coverage).toBeLessThan(most + 1e-9);
  });
});
