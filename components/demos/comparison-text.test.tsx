import { getTranslations } from "next-intl/server";
import { expect, it } from "vitest";
import { comparisonText, verdictOf } from "@/components/demos/comparison-text";
import { formatIn } from "@/components/format";

const t = await getTranslations("demos");
const format = formatIn("en", { free: "free", yes: "yes", no: "no" });
const [first, second] = [
  { slug: "a", name: "Model A" },
  { slug: "b", name: "Model B" },
];
/** Of two shares of n prompts and the interval of their difference. */
const text = (shares: [number, number], [low, high]: [number, number], n = 100) =>
  comparisonText(t, format, {
    first,
    second,
    result: { n, first: shares[0], second: shares[1], difference: shares[0] - shares[1], low, high },
  });

it("says that there is no measurable difference when the paired interval includes 0", () => {
  expect(text([0.89, 0.85], [-0.035, 0.114])).toBe(
    "No measurable difference: 89.0% against 85.0% of the same 100 prompts drawn entirely right (95% interval −3.5 to +11.4 points).",
  );
  expect(text([0.85, 0.89], [-0.114, 0.035])).toMatch(/^No measurable difference/);
  expect(text([1, 1], [0, 0])).toMatch(/^No measurable difference/);
});

it("names the better one when the interval leaves 0 out, whichever stands first", () => {
  expect(text([0.9, 0.62], [0.17, 0.38])).toMatch(
    /^Model A follows prompts better than Model B: 90\.0% against 62\.0%/,
  );
  expect(text([0.62, 0.9], [-0.38, -0.17])).toMatch(
    /^Model B follows prompts better than Model A: 62\.0% against 90\.0%/,
  );
});

it("a handful of prompts proves nothing, and what is not measured is not compared", () => {
  expect(text([1, 0], [0.7, 1], 20)).toMatch(/^Too few prompts/);
  expect(comparisonText(t, format, { first, second, result: null })).toMatch(/^Not both measured/);
  expect(verdictOf(null)).toBe("unknown");
});
