import { expect, test } from "vitest";
import { checkRequirement, figureOf, parseRequirement, type Figure } from "@/lib/metrics/requirement";

test.each([
  ["fd<=20", "fd", "<=", 20, null],
  [" win_rate >= 50% @ 95 ", "win_rate", ">=", 0.5, 0.95],
  ["fd.difference<0@95", "fd.difference", "<", 0, 0.95],
  ["kid>-1.5e-3", "kid", ">", -1.5e-3, null],
  ["judge:looker:viescore@1>=.8@95%", "judge:looker:viescore@1", ">=", 0.8, 0.95],
])("%s is read", (text, name, operator, bound, level) => {
  expect(parseRequirement(text)).toMatchObject({ name, operator, bound, level, text: text.trim() });
});

test.each([
  "",
  "fd",
  "fd=20",
  "fd==20",
  "fd<=",
  "<=20",
  "fd<=x",
  "fd<=20@",
  "fd<=20@0",
  "fd<=20@100",
  "fd<=20 or so",
])("'%s' is no requirement", (text) => {
  expect(() => parseRequirement(text)).toThrow(/is no requirement: they look like fd<=20/);
});

const figure = (
  value: number | null,
  low: number | null = null,
  high: number | null = null,
  n = 50,
): Figure => ({
  value,
  low,
  high,
  n,
  units: n,
  missing: value === null ? "No reference was given." : null,
});

test.each<[string, Figure, string, string | null]>([
  ["fd<=20", figure(20), "pass", null],
  ["fd<20", figure(20), "fail", null],
  ["fd>=20", figure(20), "pass", null],
  ["fd>20", figure(20), "fail", null],
  ["fd<=20", figure(19, 15, 25), "pass", null],
  ["fd<=20@95", figure(19, 15, 25), "fail", "The value holds, but not its whole interval."],
  ["fd<=20@95", figure(19, 15, 20), "pass", null],
  ["fd>=20@95", figure(25, 19, 30), "fail", "The value holds, but not its whole interval."],
  ["fd>=20@95", figure(25, 20, 30), "pass", null],
  ["fd<=20@95", figure(21, 15, 25), "fail", null],
  ["fd<=20@95", figure(19), "not known", "There is no interval."],
  ["fd<=20", figure(null), "not known", "No reference was given."],
  ["fd<=20", figure(19, 18, 20, 9), "not known", "Only 9 samples; at least 10 are asked for."],
  [
    "fd<=20",
    { ...figure(19, 18, 20, 90), units: 3 },
    "not known",
    "Only 3 samples; at least 10 are asked for.",
  ],
])("%s of %o", (text, of, verdict, reason) => {
  expect(checkRequirement(parseRequirement(text), of, 10)).toEqual({ verdict, reason });
});

test("a name that is not there is answered with those that are", () => {
  const figures = new Map([["fd", figure(1)], ["kid", figure(2)]]); // prettier-ignore
  expect(() => figureOf(parseRequirement("fid<=20"), figures)).toThrow(
    "There is no metric fid; there are: fd, kid.",
  );
});
