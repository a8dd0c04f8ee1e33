import { expect, test } from "vitest";
import { accentProblem, accentProperties, contrast } from "@/lib/schemas/administration/accent";
import { settingsChange } from "@/lib/schemas/administration/settings";
import { FIRST_ACCENT, lookOf } from "@/lib/schemas/administration/site-look";

test("contrast is that of WCAG's formula", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
  expect(contrast("#1a5c4a", "#1a5c4a")).toBe(1);
});

test.each(["#1a5c4a", "#7a1f2b", "#123a7a", "#000000"])("%s can be read in both themes", (hex) => {
  expect(accentProblem(hex)).toBeNull();
  const pairs = Object.entries(accentProperties(hex)).map(
    ([name, value]) => [name, value.match(/#[0-9a-f]{6}/g)!] as const,
  );
  const { "--accent": accent, "--on-accent": on } = Object.fromEntries(pairs);
  expect(contrast(accent[0], "#f6f3ee")).toBeGreaterThanOrEqual(4.5);
  expect(contrast(accent[1], "#151412")).toBeGreaterThanOrEqual(4.5);
  for (const theme of [0, 1]) expect(contrast(accent[theme], on[theme])).toBeGreaterThanOrEqual(4.5);
});

test("the colour that Salon has at first would be taken", () => {
  expect(accentProblem(FIRST_ACCENT)).toBeNull();
});

test.each([
  [{ accent: "#ffee00" }, "contrast"],
  [{ accent: "red" }, "must look like"],
  [{ accent: "#1a5c4a;background:url(//evil)" }, "must look like"],
  [{ contact: "javascript:alert(1)" }, "must be an e-mail address"],
  [{ siteName: "two\nlines" }, "one line"],
  [{ siteName: "x\u202ey" }, "control characters"],
  [{ siteName: "" }, "may not be empty"],
  [{ homeBoards: ["a", "a"] }, "twice"],
  [{ homeBoards: ["../x"] }, "slugs"],
  [{ logo: "x" }, "nrecognized"],
])("%j is refused, and says why", (change, why) => {
  const { error } = settingsChange.safeParse(change);
  expect(JSON.stringify(error?.issues)).toContain(why);
});

test("a row that holds something else than it may counts as not set", () => {
  expect(lookOf({ accent: "url(x)", siteName: 7, toybox: false, other: 1 })).toEqual({
    ...{ siteName: null, contact: null, accent: null, terms: null, privacy: null, homeBoards: null },
    toybox: false,
  });
});
