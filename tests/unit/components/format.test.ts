import { expect, test } from "vitest";
import { dollars, duration, percent, rankSpread, signed, significant } from "@/components/format";
import { axisOf } from "@/components/interval-bar";

test("what is not known is a dash, never a zero", () => {
  for (const write of [dollars, duration, percent, significant]) {
    expect(write(null)).toBe("–");
    expect(write(0)).not.toBe("–");
  }
  expect(rankSpread(null, null)).toBe("–");
});

test("small prices keep their digits", () => {
  expect([0.0004, 0.04, 0.4, 12.5, 0].map(dollars)).toEqual(["$0.0004", "$0.04", "$0.40", "$12.50", "free"]);
});

test("durations and changes read as people write them", () => {
  expect([840, 2400, 61_000, 3_720_000].map(duration)).toEqual(["840 ms", "2.4 s", "1 min 1 s", "1 h 2 min"]);
  expect([signed(7), signed(-7), signed(0.2), signed(-0.04, 1)]).toEqual(["+7", "−7", "0", "0.0"]);
});

test("a rank spread of one rank is that rank", () => {
  expect([rankSpread(2, 3), rankSpread(2, 2)]).toEqual(["2–3", "2"]);
});

test("the axis holds every interval and a board without votes has none", () => {
  const axis = axisOf([
    { low: 950, high: 1100 },
    { low: 800, high: 990 },
    { low: null, high: null },
  ])!;
  expect(axis.low).toBeLessThan(800);
  expect(axis.high).toBeGreaterThan(1100);
  expect(axis.ticks.length).toBeGreaterThan(1);
  expect(axisOf([{ low: null, high: null }])).toBeNull();
});
