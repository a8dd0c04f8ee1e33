import { expect, test } from "vitest";
import { describeEnv } from "@/lib/env";
import { shownVariable } from "@/lib/shown-variable";

test.each([
  ["PORT", 3000, "3000"],
  ["ALLOWED_HOSTS", ["a", "b"], "a,b"],
  ["QUOTAS", {}, ""],
  ["QUOTAS", { visitor: { runs: 5 } }, '{"visitor":{"runs":5}}'],
  ["SALON_URL", undefined, ""],
  ["SALON_OWNER_PASSWORD", "correct horse", "(set)"],
  ["MODERATION_CHECK_TOKEN", "abc", "(set)"],
  ["SALON_SMTP_URL", "smtp://me:password@mail", "(set)"],
  ["SEALING_KEYS", ["ab"], "(set)"],
  ["DATABASE_URL", undefined, ""],
])("%s of %j is shown as %j", (name, value, shown) => {
  expect(shownVariable(name, value)).toBe(shown);
});

test("no variable's default is an object's name", () => {
  expect(describeEnv().filter(({ fallback }) => fallback.includes("[object"))).toEqual([]);
});
