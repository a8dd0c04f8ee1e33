import fc from "fast-check";
import { expect, it } from "vitest";
import { pairedProportions } from "@/lib/metrics/paired-proportions";
import { wilsonInterval } from "@/lib/numerics/wilson-interval";

const counts = fc.record({
  both: fc.nat(200),
  onlyFirst: fc.nat(200),
  onlySecond: fc.nat(200),
  neither: fc.nat(200),
});
const some = counts.filter(
  ({ both, onlyFirst, onlySecond, neither }) => both + onlyFirst + onlySecond + neither > 0,
);

it("the interval holds the difference and stays within -1 and 1", () => {
  fc.assert(
    fc.property(some, (found) => {
      const { difference, low, high } = pairedProportions(found);
      expect(low).toBeLessThanOrEqual(difference);
      expect(high).toBeGreaterThanOrEqual(difference);
      expect(low).toBeGreaterThanOrEqual(-1 - 1e-12);
      expect(high).toBeLessThanOrEqual(1 + 1e-12);
    }),
  );
});

it("the second against the first is the first against the second with the sign turned", () => {
  fc.assert(
    fc.property(some, (found) => {
      const there = pairedProportions(found);
      const back = pairedProportions({ ...found, onlyFirst: found.onlySecond, onlySecond: found.onlyFirst });
      expect(back.low).toBeCloseTo(-there.high, 12);
      expect(back.high).toBeCloseTo(-there.low, 12);
    }),
  );
});

it("without correlation it is the square-and-add of Wilson's intervals (Newcombe 1998, Statist. Med. 17:873, method 10)", () => {
  // A table of independent rows: 56/70 against 42/70, each cell the product of its margins.
  const { low, high, difference } = pairedProportions({
    both: 33.6,
    onlyFirst: 22.4,
    onlySecond: 8.4,
    neither: 5.6,
  });
  const [a, b] = [wilsonInterval(56, 70), wilsonInterval(42, 70)];
  expect(difference).toBeCloseTo(0.2, 12);
  expect(low).toBeCloseTo(0.2 - Math.hypot(0.8 - a.low, b.high - 0.6), 12);
  expect(high).toBeCloseTo(0.2 + Math.hypot(a.high - 0.8, 0.6 - b.low), 12);
});

it("pairing narrows the interval where the two agree on most things", () => {
  const apart = pairedProportions({ both: 25, onlyFirst: 25, onlySecond: 25, neither: 25 });
  const together = pairedProportions({ both: 45, onlyFirst: 5, onlySecond: 5, neither: 45 });
  expect(together.high - together.low).toBeLessThan(0.6 * (apart.high - apart.low));
});

it("one thing proves nothing, equal shares never do, two hundred things do", () => {
  expect(pairedProportions({ both: 0, onlyFirst: 1, onlySecond: 0, neither: 0 }).low).toBeLessThan(0);
  const equal = pairedProportions({ both: 100, onlyFirst: 0, onlySecond: 0, neither: 0 });
  expect(equal).toMatchObject({ difference: 0 });
  expect(equal.low).toBeLessThan(0);
  expect(equal.high).toBeGreaterThan(0);
  expect(pairedProportions({ both: 0, onlyFirst: 200, onlySecond: 0, neither: 0 }).low).toBeGreaterThan(0.9);
});

it("the interval covers the truth about as often as it says", () => {
  // Independent arithmetic: correlated indicators by a Gaussian-free recipe, both right with 0.6, only one with 0.15 or 0.05.
  let state = 12345;
  const uniform = () => (state = (state * 48271) % 2147483647) / 2147483647;
  const tries = 2000;
  let covered = 0;
  for (let round = 0; round < tries; round++) {
    const found = { both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 };
    for (let i = 0; i < 60; i++) {
      const u = uniform();
      found[u < 0.6 ? "both" : u < 0.75 ? "onlyFirst" : u < 0.8 ? "onlySecond" : "neither"]++;
    }
    const { low, high } = pairedProportions(found);
    if (low <= 0.1 && 0.1 <= high) covered++;
  }
  expect(covered / tries).toBeGreaterThan(0.93);
  expect(covered / tries).toBeLessThan(0.985);
});

it("nothing to compare is an error, not a difference", () => {
  expect(() => pairedProportions({ both: 0, onlyFirst: 0, onlySecond: 0, neither: 0 })).toThrow(RangeError);
});

// Newcombe 1998, Statist. Med. 17:2635, table II, method 10.
it.each([
  [36, 12, 2, 0, 0.0569, 0.3404],
  [36, 14, 0, 0, 0.1528, 0.4167],
  [54, 0, 0, 0, -0.0664, 0.0664],
  [0, 30, 0, 0, 0.8395, 1],
])("has the published interval for %i, %i, %i, %i", (both, onlyFirst, onlySecond, neither, low, high) => {
  const found = pairedProportions({ both, onlyFirst, onlySecond, neither });
  expect(found.low).toBeCloseTo(low, 3);
  expect(found.high).toBeCloseTo(high, 3);
});
