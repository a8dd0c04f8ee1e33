import { expect, test } from "vitest";
import { binomialLowerTail, binomialUpperTail, hypergeometricUpperTail } from "@/lib/numerics/discrete-tails";

// Counted by hand: sums of binomial coefficients.
test.each([
  [8, 10, 0.5, 0.0546875],
  [10, 10, 0.5, 1 / 1024],
  [0, 10, 0.3, 1],
  [3, 3, 0.1, 0.001],
])("P(X >= %d) of %d at %d", (hits, n, p, tail) => {
  expect(binomialUpperTail(hits, n, p)).toBeCloseTo(tail, 12);
});

test("a lower tail is the upper one of the misses, and both ends are certain", () => {
  expect(binomialLowerTail(2, 10, 0.5)).toBeCloseTo(0.0546875, 12);
  expect(binomialLowerTail(10, 10, 0.9)).toBe(1);
  expect(binomialUpperTail(1, 5, 0)).toBe(0);
  expect(binomialUpperTail(5, 5, 1)).toBe(1);
});

test("Fisher's tea lady: four of four cups right is one in seventy, three or more seventeen", () => {
  expect(hypergeometricUpperTail(4, 4, 4, 8)).toBeCloseTo(1 / 70, 12);
  expect(hypergeometricUpperTail(3, 4, 4, 8)).toBeCloseTo(17 / 70, 12);
  expect(hypergeometricUpperTail(0, 4, 4, 8)).toBeCloseTo(1, 12);
});
