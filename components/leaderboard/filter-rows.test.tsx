import fc from "fast-check";
import { expect, test } from "vitest";
import { limitSteps } from "@/components/leaderboard/filter-rows";

test("every limit that a filter offers lets some models through and leaves some out", () => {
  const costs = fc.array(
    fc.oneof(fc.constant(null), fc.constant(0), fc.double({ min: 0.001, max: 1e4, noNaN: true })),
  );
  fc.assert(
    fc.property(costs, (values) => {
      const known = values.filter((value) => value !== null);
      for (const step of limitSteps(values, null)) {
        expect(known.some((value) => value <= step)).toBe(true);
        expect(known.some((value) => value > step)).toBe(true);
      }
    }),
  );
});

test("limits are round, and one that a link asks for stays to be seen", () => {
  expect(limitSteps([0, 0.4, 12, null, 40], null)).toEqual([0, 0.5, 1, 2, 5, 10, 20]);
  expect(limitSteps([3, 3], 7)).toEqual([7]);
  expect(limitSteps([null], null)).toEqual([]);
});
