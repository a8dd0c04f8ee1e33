import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  parseQuotas,
  QUOTA_KEYS,
  quotaOf,
  quotaRole,
  quotaTable,
  quotaText,
  windowOf,
} from "@/lib/access/quotas";

test("what was set on the site comes before the environment, and that before what is usual; none is none", () => {
  expect(quotaOf("voter.runs", {}, {})).toBe(50);
  expect(quotaOf("voter.runs", {}, { "voter.runs": 5 })).toBe(5);
  expect(quotaOf("voter.runs", { "voter.runs": 0 }, { "voter.runs": 5 })).toBe(0);
  expect(quotaOf("voter.runs", { "voter.runs": null }, { "voter.runs": 5 })).toBeNull();
  expect(QUOTA_KEYS.every((key) => quotaOf(key, {}, {})! > 0)).toBe(true);
  expect([quotaRole("VISITOR"), quotaRole("CURATOR"), quotaRole("OWNER")]).toEqual([
    "visitor",
    "curator",
    "admin",
  ]);
});

test.each([
  ["", {}],
  [
    "visitor.runs=5, curator.judging=none\n voter.judging=0.5",
    { "visitor.runs": 5, "curator.judging": null, "voter.judging": 0.5 },
  ],
  ["visitor.runs", "visitor.runs is not NAME=NUMBER or NAME=none."],
  ["owner.runs=5", "There is no quota owner.runs."],
  ["visitor.runs=-1", /^visitor.runs=-1: a quota is none, or a number from 0/],
  ["visitor.runs=lots", /a quota is none, or a number/],
  ["visitor.runs=Infinity", /a quota is none, or a number/],
])("a text of quotas is read, or the first that is none is named: %j", (text, expected) => {
  const read = parseQuotas(text);
  if (expected instanceof RegExp) expect(read).toMatch(expected);
  else expect(read).toEqual(expected);
});

test("a day begins at midnight UTC, an hour at the full one", () => {
  const now = Date.UTC(2026, 10, 30, 13, 45);
  const at = (hour: number, day = 30) => Date.UTC(2026, 10, day, hour);
  expect(windowOf("runs", now)).toEqual({ since: at(0), until: at(0, 31) });
  expect(windowOf("calls", now)).toEqual({ since: at(13), until: at(14) });
});

test("a refusal says the limit, what is used, what was asked and when it begins anew", () => {
  expect(quotaText("samples", { limit: 100, used: 1, wanted: 250 })).toBe(
    "That is more than your quota: 100 samples of runs a day, of which 1 is used and 250 more would be. It begins anew at midnight UTC.",
  );
});

test("docs/access.md has the table of what is usual", () => {
  const expected = quotaTable();
  const rows = readFileSync("docs/access.md", "utf8")
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) => line.slice(1, -1).split("|"))
    .filter((row) => row.length === expected[0].length && !row[0].includes("---"))
    .map((row) => row.map((cell) => cell.trim()));
  const text = expected.map((row) => `| ${row.join(" | ")} |`).join("\n");
  expect(rows, `It should be:\n${text}`).toEqual(expected);
});
