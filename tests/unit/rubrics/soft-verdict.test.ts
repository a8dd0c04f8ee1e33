import { describe, expect, test } from "vitest";
import { readVerdict } from "@/lib/rubrics/read-verdict";
import { newestRubric } from "@/lib/rubrics/registry";
import type { AnswerToken } from "@/lib/rubrics/token-probabilities";

const pairwise = newestRubric("pairwise");

/** An answer whose verdict is said with these probabilities. */
function answer(verdict: string, shares: Record<string, number>) {
  const token = (text: string, p: number, top: AnswerToken["top"] = []): AnswerToken => ({
    token: text,
    logprob: Math.log(p),
    top,
  });
  const top = Object.entries(shares).map(([text, p]) => ({ token: text, logprob: Math.log(p) }));
  const said = verdict.startsWith("both") ? "both" : verdict;
  const tokens = [
    token('{"verdict": "', 1),
    token(said, shares[said], top),
    token(`${verdict.slice(said.length)}"}`, 1),
  ];
  return { text: tokens.map((each) => each.token).join(""), tokens };
}
const preferenceOf = (reply: { text: string; tokens: AnswerToken[] | null }) => {
  const verdict = readVerdict(pairwise, { prompt: "a cat" }, reply);
  return verdict.kind === "pair" ? verdict.preference : null;
};

describe("a judge's soft verdict is its share for the first sample, half of what it gives to neither", () => {
  test.each([
    ["A", { A: 0.9, B: 0.05, both: 0.05 }, 0.925],
    ["B", { A: 0.05, B: 0.9, both: 0.05 }, 0.075],
    ["A", { A: 0.5, B: 0.4, both: 0.1 }, 0.55],
    ["both_good", { A: 0.2, B: 0.1, both: 0.7 }, 0.55],
    ["both_bad", { A: 0.1, B: 0.2, both: 0.7 }, 0.45],
    ["both_bad", { A: 0, B: 0, both: 1 }, 0.5],
    // Probabilities that do not sum to 1 are taken as shares.
    ["A", { A: 0.45, B: 0.025, both: 0.025, Well: 0.5 }, 0.925],
  ])("%s with %j is %d", (verdict, shares, preference) => {
    expect(preferenceOf(answer(verdict, shares))).toBeCloseTo(preference, 12);
  });

  test("with the samples in the other order the same judgement is the rest to 1", () => {
    const first = preferenceOf(answer("A", { A: 0.9, B: 0.05, both: 0.05 }));
    const second = preferenceOf(answer("B", { A: 0.05, B: 0.9, both: 0.05 }));
    // How both orders of one pair become the judge's word on it.
    expect(((first ?? 0) + 1 - (second ?? 0)) / 2).toBeCloseTo(0.925, 12);
  });

  test("the probabilities are told as they were", () => {
    const reply = answer("A", { A: 0.9, B: 0.05, both: 0.05 });
    expect(readVerdict(pairwise, { prompt: "a cat" }, reply)).toMatchObject({
      choice: "A",
      probabilities: {
        A: expect.closeTo(0.9, 12),
        B: expect.closeTo(0.05, 12),
        neither: expect.closeTo(0.05, 12),
      },
    });
  });
});

describe("without probabilities a verdict is hard", () => {
  test.each([
    ["A", 1],
    ["B", 0],
    ["both_good", 0.5],
    ["both_bad", 0.5],
  ])("%s is %d", (verdict, preference) => {
    expect(preferenceOf({ text: JSON.stringify({ verdict }), tokens: null })).toBe(preference);
  });
});
