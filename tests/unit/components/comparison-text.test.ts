import { expect, it } from "vitest";
import { comparisonText, verdictOf } from "@/components/demos/comparison-text";
import { pairedProportions } from "@/lib/metrics/paired-proportions";

const first = { slug: "a", name: "Model A" };
const second = { slug: "b", name: "Model B" };
const text = (both: number, onlyFirst: number, onlySecond: number, neither: number) =>
  comparisonText({ first, second, result: pairedProportions({ both, onlyFirst, onlySecond, neither }) });

it("says that there is no measurable difference when the paired interval includes 0", () => {
  expect(text(80, 9, 5, 6)).toMatch(
    /^No measurable difference: 89\.0% against 85\.0% of the same 100 prompts/,
  );
  expect(text(80, 5, 9, 6)).toMatch(/^No measurable difference/);
  expect(text(100, 0, 0, 0)).toMatch(/^No measurable difference/);
});

it("names the better one when the interval leaves 0 out, whichever stands first", () => {
  expect(text(60, 30, 2, 8)).toMatch(/^Model A follows prompts better than Model B: 90\.0% against 62\.0%/);
  expect(text(60, 2, 30, 8)).toMatch(/^Model B follows prompts better than Model A: 62\.0% against 90\.0%/);
});

it("a handful of prompts proves nothing, and what is not measured is not compared", () => {
  expect(text(0, 20, 0, 0)).toMatch(/^Too few prompts/);
  expect(comparisonText({ first, second, result: null })).toMatch(/^Not both measured/);
  expect(verdictOf(null)).toBe("unknown");
});
