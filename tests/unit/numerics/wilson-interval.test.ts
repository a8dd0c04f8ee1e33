import { expect, it } from "vitest";
import { wilsonInterval } from "@/lib/numerics/wilson-interval";

// scipy.stats.binomtest(hits, n).proportion_ci(method="wilson")
it.each([
  [8, 10, 0.49016247153664183, 0.9433178485456247],
  [0, 20, 0, 0.16112515805281938],
  [963, 1000, 0.9494176025179306, 0.9730388191244452],
])("agrees with the formula for %i of %i", (hits, n, low, high) => {
  const interval = wilsonInterval(hits, n);
  expect(interval.value).toBe(hits / n);
  expect(interval.low).toBeCloseTo(low, 10);
  expect(interval.high).toBeCloseTo(high, 10);
});

it("stays within 0 and 1", () => {
  expect(wilsonInterval(20, 20).high).toBe(1);
  expect(wilsonInterval(0, 1).low).toBe(0);
  expect(() => wilsonInterval(1, 0)).toThrow(RangeError);
});
