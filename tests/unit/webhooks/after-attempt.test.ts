import { expect, test } from "vitest";
import { afterAttempt, SWITCH_OFF_AFTER_MS, WAITS_MS, type Attempt } from "@/lib/webhooks/after-attempt";

const NOW = 1_800_000_000_000;
const failed = (more: Partial<Attempt> = {}): Attempt => ({
  outcome: "failed",
  attempts: 1,
  isTest: false,
  retryAfterMs: null,
  failingSince: null,
  ...more,
});

test("waits grow from half a minute to hours, over about a day, and then it is given up", () => {
  const waits = WAITS_MS.map(
    (_, k) => afterAttempt(failed({ attempts: k + 1 }), NOW, 0).nextAttemptAt! - NOW,
  );
  expect(waits).toEqual([...WAITS_MS]);
  expect(waits.every((wait, k) => k === 0 || wait > waits[k - 1])).toBe(true);
  const hours = waits.reduce((sum, wait) => sum + wait, 0) / 3_600_000;
  expect(hours).toBeGreaterThan(20);
  expect(hours).toBeLessThan(26);
  expect(afterAttempt(failed({ attempts: WAITS_MS.length + 1 }), NOW, 0)).toMatchObject({
    state: "DEAD",
    nextAttemptAt: null,
  });
});

test("waits are spread by up to a tenth, and a receiver that asks for longer is left alone for so long", () => {
  expect(afterAttempt(failed(), NOW, 0.999).nextAttemptAt! - NOW).toBeCloseTo(WAITS_MS[0] * 1.0999, -1);
  expect(afterAttempt(failed({ retryAfterMs: 600_000 }), NOW, 0).nextAttemptAt).toBe(NOW + 600_000);
  expect(afterAttempt(failed({ retryAfterMs: 1 }), NOW, 0).nextAttemptAt).toBe(NOW + WAITS_MS[0]);
});

test.each<[string, Attempt, { state: string; failingSince: number | null; off: boolean }]>([
  [
    "delivered",
    failed({ outcome: "delivered", failingSince: 1 }),
    { state: "DELIVERED", failingSince: null, off: false },
  ],
  ["a first failure", failed(), { state: "PENDING", failingSince: NOW, off: false }],
  ["a later one", failed({ failingSince: 5 }), { state: "PENDING", failingSince: 5, off: false }],
  ["410", failed({ outcome: "gone" }), { state: "DEAD", failingSince: NOW, off: true }],
  ["a failed test", failed({ isTest: true }), { state: "DEAD", failingSince: null, off: false }],
  [
    "given up, failing for a day",
    failed({ attempts: 8, failingSince: NOW - SWITCH_OFF_AFTER_MS / 3 }),
    { state: "DEAD", failingSince: NOW - SWITCH_OFF_AFTER_MS / 3, off: false },
  ],
  [
    "given up, failing for days",
    failed({ attempts: 8, failingSince: NOW - SWITCH_OFF_AFTER_MS }),
    { state: "DEAD", failingSince: NOW - SWITCH_OFF_AFTER_MS, off: true },
  ],
  [
    "one more failure after days without an event",
    failed({ attempts: 1, failingSince: NOW - 9 * SWITCH_OFF_AFTER_MS }),
    { state: "PENDING", failingSince: NOW - 9 * SWITCH_OFF_AFTER_MS, off: false },
  ],
])("after an attempt: %s", (_, attempt, { state, failingSince, off }) => {
  const after = afterAttempt(attempt, NOW, 0);
  expect([after.state, after.failingSince, after.switchOff !== null]).toEqual([state, failingSince, off]);
});
