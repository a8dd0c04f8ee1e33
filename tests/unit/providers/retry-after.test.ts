import { expect, it } from "vitest";
import { retryAfterMs } from "@/lib/providers/outcomes";

const NOW = Date.UTC(2030, 0, 1);

it.each([
  [undefined, null],
  ["3", 3_000],
  ["1.5", 1_500],
  ["soon", null],
  [new Date(NOW + 5_000).toUTCString(), 5_000],
  [new Date(NOW - 5_000).toUTCString(), 0],
  // Nobody is waited for longer than an hour.
  ["99999999999999999", 3_600_000],
  [new Date(NOW + 1e12).toUTCString(), 3_600_000],
])("Retry-After: %s is to wait %s ms", (header, ms) => {
  expect(retryAfterMs(header, NOW)).toBe(ms);
});
