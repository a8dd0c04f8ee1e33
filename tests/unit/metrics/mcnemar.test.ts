import { expect, test } from "vitest";
import { mcnemarP } from "@/lib/metrics/mcnemar";

test("p is the exact binomial law's of the things that tell the two apart", () => {
  expect(mcnemarP(8, 0)).toBeCloseTo(2 / 256, 12);
  expect(mcnemarP(7, 1)).toBeCloseTo((2 * 9) / 256, 12);
  expect(mcnemarP(1, 7)).toBe(mcnemarP(7, 1));
  expect(mcnemarP(4, 4)).toBe(1);
  expect(mcnemarP(0, 0)).toBe(1);
});

test("p stays a probability for thousands of things, near the normal law's", () => {
  // (2100 - 1900 - 1) / sqrt(4000) = 3.146 with continuity correction.
  expect(mcnemarP(2100, 1900)).toBeCloseTo(0.001654, 4);
  expect(mcnemarP(60_000, 10)).toBe(0);
});
