import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { captionFromTruth, noun, parseCaption } from "@/generation/world/caption";
import {
  answerTokens,
  CANNOT_TELL,
  QUESTION_LENGTH,
  QUESTION_WORDS,
  questionTokens,
  UNKNOWN_ID,
  wordOf,
} from "@/generation/world/question-tokenizer";
import { claimAbout } from "@/generation/world/claims";
import { questionsAbout, type Question } from "@/generation/world/questions";
import { clearRelation } from "@/generation/world/relations";
import { seededRandom } from "@/generation/world/random";
import { sampleBalancedScene } from "@/generation/world/scene-sampler";
import type { CaptionTruth, ObjectKind, Scene } from "@/lib/schemas/stack/scene";

const scene = fc.integer({ min: 0, max: 100_000 }).map((index) => sampleBalancedScene(index, "grader"));
const seed = fc.integer({ min: 0, max: 2 ** 31 });

const countOf = (shown: Scene, kind: ObjectKind) =>
  shown.objects.filter((object) => object.kind === kind).length;

/** Whether an image of the scene is of the caption: an own reading of the ground truth, claim by claim. */
function isOf(shown: Scene, claim: CaptionTruth): boolean {
  const kinds = new Set(shown.objects.map(({ kind }) => kind));
  const objects = claim.objects.every(
    ({ kind, colour, count }) =>
      countOf(shown, kind) === count &&
      (colour === null || shown.objects.every((object) => object.kind !== kind || object.colour === colour)),
  );
  const [first, second] = claim.objects.map(({ kind }) =>
    shown.objects.findIndex((object) => object.kind === kind),
  );
  const relation =
    claim.relation === null ||
    (first >= 0 && second >= 0 && clearRelation(shown, first, second) === claim.relation);
  const background = claim.background === null || claim.background === shown.background.colour;
  return objects && claim.objects.length === kinds.size && relation && background;
}

function all(shown: Scene, from: number): Question[] {
  return questionsAbout(shown, seededRandom(from, 200), 24);
}

describe("questions about a scene", () => {
  it("claims that are said to be true are, and those said to be wrong are not", () => {
    fc.assert(
      fc.property(scene, seed, fc.boolean(), (shown, from, yes) => {
        expect(isOf(shown, claimAbout(shown, seededRandom(from), yes))).toBe(yes);
      }),
      { numRuns: 2000 },
    );
  });

  it("ask of a caption in the grammar's words, which say what was claimed", () => {
    fc.assert(
      fc.property(scene, seed, fc.boolean(), (shown, from, yes) => {
        const claim = claimAbout(shown, seededRandom(from), yes);
        expect(parseCaption(captionFromTruth(claim))).toEqual(claim);
      }),
    );
  });

  it("answer what the ground truth says about colours, counts, presence and background", () => {
    fc.assert(
      fc.property(scene, seed, (shown, from) => {
        for (const { kind, text, answer } of all(shown, from)) {
          if (kind === "background") expect(answer).toBe(shown.background.colour);
          if (kind === "background yes/no")
            expect(answer === "yes").toBe(text.endsWith(` ${shown.background.colour}`));
          if (kind === "contents") for (const { kind: each } of shown.objects) expect(answer).toContain(each);
          if (kind === "colour" && answer !== "none")
            expect(
              shown.objects.some((each) => text.includes(each.kind.split(" ")[0]) && each.colour === answer),
            ).toBe(true);
          if (kind === "count" && !/things/.test(text)) {
            const named = shown.objects.filter((each) =>
              new RegExp(`\\b${noun(each.kind, 2)}\\b`).test(text),
            );
            expect(answer).toBe(["none", "one", "two", "three"][named.length]);
          }
        }
      }),
    );
  });

  it("ask yes and no about equally often", () => {
    const answers = Array.from({ length: 400 }, (_, index) =>
      all(sampleBalancedScene(index, "grader"), index),
    ).flat();
    const closed = answers.filter(({ answer }) => answer === "yes" || answer === "no");
    const yes = closed.filter(({ answer }) => answer === "yes").length / closed.length;
    expect(yes).toBeGreaterThan(0.47);
    expect(yes).toBeLessThan(0.53);
  });

  it("have an unknown word, or no order, where the answer is that it can't tell", () => {
    const asked = Array.from({ length: 500 }, (_, index) =>
      all(sampleBalancedScene(index, "grader"), index),
    ).flat();
    const outside = asked.filter(({ answer }) => answer === CANNOT_TELL);
    const foreign = outside.filter(({ text }) => questionTokens(text).includes(UNKNOWN_ID));
    expect(foreign.length / outside.length).toBeGreaterThan(0.7);
    const inside = asked.filter(({ answer }) => answer !== CANNOT_TELL);
    expect(inside.filter(({ text }) => questionTokens(text).includes(UNKNOWN_ID))).toEqual([]);
  });

  it("are the same for the same seed, and fit the network's length with their answers", () => {
    fc.assert(
      fc.property(scene, seed, (shown, from) => {
        expect(all(shown, from)).toEqual(all(shown, from));
        for (const { text, answer } of all(shown, from)) {
          const answered = answerTokens(answer);
          expect(questionTokens(text).length + answered.length).toBeLessThanOrEqual(QUESTION_LENGTH);
          expect(answered).not.toContain(UNKNOWN_ID);
          expect(answered.slice(0, -1).map(wordOf).join(" ")).toBe(answer);
        }
      }),
    );
  });
});

it("every word has one id", () => {
  expect(new Set(QUESTION_WORDS).size).toBe(QUESTION_WORDS.length);
});
