import { expect, test } from "vitest";
import { caveatText, withCaveatTexts } from "@/components/caveat-text";
import type { StoredCaveat } from "@/lib/schemas/metrics/caveat";

const demotedFor = [{ board: "Toybox", reason: "An old reason." }];

test.each<[StoredCaveat, string]>([
  [
    { code: "size_bias", n: 100, dimension: 256, bias: 12.34 },
    "N = 100 <= d = 256: biased up by about 12; compare only at equal N.",
  ],
  [
    { code: "size_bias", n: 1000, dimension: 256, bias: null },
    "N = 1000 < 10 d = 2560: biased upward; compare only at equal N.",
  ],
  [{ code: "rises_with_n", n: 400 }, "n = 400: the score rises with n; compare only at equal N."],
  [
    { code: "no_subsets", published: 1000 },
    "mean and std need subsets smaller than the sets; the published 1000 are not.",
  ],
  [{ code: "other_subsets", size: 50, published: 1000 }, "Subsets of 50 samples, not the published 1000."],
  [{ code: "clip_only" }, "CMMD only on CLIP embeddings."],
  [
    { code: "short_extrapolation", from: 200, published: 5000 },
    "Extrapolated from 200 samples on, fewer than the published 5000.",
  ],
  [
    { code: "line_error" },
    "std_error is of the fitted line only; the interval also holds the samples' own error.",
  ],
  [
    { code: "blind_to_motion" },
    "The distance does not clearly grow when motion is broken: it may rank frames, not motion.",
  ],
  [{ code: "judged", unfinished: false, without: 1, demotedFor: null }, "1 without a verdict."],
  [
    { code: "judged", unfinished: true, without: 3, demotedFor },
    "Judging goes on. 3 without a verdict. The judge is demoted: Toybox: An old reason.",
  ],
  ["A sentence that an earlier release stored.", "A sentence that an earlier release stored."],
])("the caveat %j is told in words", (caveat, text) => {
  expect(caveatText(caveat)).toBe(text);
});

test("the API's values carry the sentence, and none where there is no caveat", () => {
  const values = { fd: { value: 1, caveat: { code: "clip_only" as const } }, is: { value: 2, caveat: null } };
  expect(withCaveatTexts(values)).toEqual({
    fd: { value: 1, caveat: "CMMD only on CLIP embeddings." },
    is: { value: 2, caveat: null },
  });
});
