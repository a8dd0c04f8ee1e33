import { expect, test } from "vitest";
import { missingText, reportCaveatText } from "@/components/evaluations/report-text";
import { reportMetric } from "@/lib/schemas/evaluation-report";
import { missingValue, reportCaveat } from "@/lib/schemas/reasons/evaluation-notes";

test.each([
  [{ code: "no_reference" }, "No reference was given (--reference)."],
  [{ code: "no_baseline" }, "No baseline was given (--baseline)."],
  [{ code: "no_judge" }, "No judge was given (--judge)."],
  [{ code: "statistics_only" }, "The reference holds statistics only; this needs its images."],
  [{ code: "not_compared" }, "It is not compared with a baseline."],
  [{ code: "refused", said: "KID needs more." }, "KID needs more."],
  [{ code: "no_verdict", asked: 4 }, "The judge gave no verdict on any of 4."],
  [{ code: "nothing_in_common" }, "Images and baseline have no image in common."],
  [{ code: "no_images" }, "There are no images."],
  [{ code: "no_truth" }, "No image's prompt has a truth."],
])("why a value is missing, as %j, is told in words", (missing, text) => {
  expect(missingText(missingValue.parse(missing))).toBe(text);
});

test.each([
  [{ code: "all_alike" }, "All samples are alike: there is no interval."],
  [{ code: "prompts_repeat" }, "Its interval takes images of one prompt for independent."],
  [{ code: "one_prompt" }, "One prompt is too few for an interval."],
  [{ code: "without_verdict", of: "pair", count: 1 }, "1 pair without a verdict, not counted."],
  [{ code: "clip_only" }, "CMMD only on CLIP embeddings."],
])("what must be known of a value, as %j, is told in words", (caveat, text) => {
  expect(reportCaveatText(reportCaveat.parse(caveat))).toBe(text);
});

test("a report of an earlier release, without codes, is still read", () => {
  const before = {
    ...{ name: "fd", label: "FD", meaning: "", better: "lower", unit: null, group: "reference" },
    ...{ value: null, low: null, high: null, n: 0, prompts: null, protocol: null, caveat: "A caveat." },
    ...{ missing: "No reference was given (--reference).", difference: null },
  };
  expect(reportMetric.parse(before)).toEqual({ ...before, caveats: [], missingFor: null });
});
