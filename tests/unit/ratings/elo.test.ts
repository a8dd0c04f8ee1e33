import fc from "fast-check";
import { expect, test } from "vitest";
import { ELO_K, ELO_K_NEW, ELO_START, expectedScore, kFactor, updateElo } from "@/lib/ratings/elo";
import { OUTCOMES, swapSides } from "@/lib/ratings/outcome";

const rating = fc.double({ min: 0, max: 3000, noNaN: true });

test("400 points are ten to one, and equal ratings an even match", () => {
  expect(expectedScore(1400, 1000)).toBeCloseTo(10 / 11, 14);
  expect(expectedScore(1000, 1400)).toBeCloseTo(1 / 11, 14);
  expect(expectedScore(ELO_START, ELO_START)).toBe(0.5);
});

test("a win between equals moves both by half of K", () => {
  expect(updateElo(1000, 1000, "a")).toMatchObject({ a: 1002, b: 998, deltaA: 2, deltaB: -2, surprise: 0.5 });
  expect(updateElo(1000, 1000, "tie")).toMatchObject({ a: 1000, b: 1000 });
  expect(updateElo(1200, 1000, "both_bad")).toEqual(updateElo(1200, 1000, "tie"));
});

test("an upset moves ratings more than the expected result", () => {
  const upset = updateElo(1000, 1400, "a");
  const routine = updateElo(1400, 1000, "a");
  expect(upset.deltaA).toBeCloseTo((4 * 10) / 11, 12);
  expect(routine.deltaA).toBeCloseTo(4 / 11, 12);
});

test("with one K for both, the sum of ratings is kept and sides may be exchanged", () => {
  fc.assert(
    fc.property(
      rating,
      rating,
      fc.constantFrom(...OUTCOMES),
      fc.double({ min: 1, max: 64, noNaN: true }),
      (x, y, o, k) => {
        const told = updateElo(x, y, o, k);
        const swapped = updateElo(y, x, swapSides(o), k);
        expect(told.a + told.b).toBeCloseTo(x + y, 9);
        expect(swapped.a).toBeCloseTo(told.b, 9);
        expect(swapped.b).toBeCloseTo(told.a, 9);
      },
    ),
  );
});

test("K starts large for a new model and settles at the archive's", () => {
  expect(kFactor(0)).toBe(ELO_K_NEW);
  expect(kFactor(20)).toBe((ELO_K + ELO_K_NEW) / 2);
  expect(kFactor(300)).toBeCloseTo(ELO_K, 2);
  for (let games = 0; games < 300; games++) expect(kFactor(games + 1)).toBeLessThan(kFactor(games));
});
