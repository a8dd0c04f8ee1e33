import { expect, test } from "vitest";
import { isHalfSeen } from "@/components/arena/half-seen";

test.each([
  ["all of it", { top: 100, bottom: 300 }, true],
  ["just half, its lower part covered", { top: 700, bottom: 900 }, true],
  ["less than half, its lower part covered", { top: 701, bottom: 901 }, false],
  ["just half, scrolled out above", { top: -100, bottom: 100 }, true],
  ["less than half, scrolled out above", { top: -101, bottom: 99 }, false],
  ["none of it, below", { top: 900, bottom: 1100 }, false],
])("of a side is seen: %s", (_what, span, seen) => {
  expect(isHalfSeen(span, 800)).toBe(seen);
});
