import { expect, it } from "vitest";
import { captionFromTruth, captionTruth, parseCaption } from "@/generation/world/caption";
import { asksForHeldOut } from "@/generation/world/held-out";
import { hardNegative, HARD_NEGATIVE_CHANGES } from "@/generation/world/hard-negative";
import { seededRandom } from "@/generation/world/random";
import { sampleBalancedScene } from "@/generation/world/scene-sampler";
import { spell } from "@/generation/world/spell";
import { addsNothing, grants, sampleTersePair, saysAll } from "@/generation/world/terse-prompt";
import { tokenize, UNKNOWN_ID } from "@/generation/world/tokenizer";

const PAIRS = Array.from({ length: 3000 }, (_, index) => sampleTersePair(index, "enhancer"));

it("gives every terse prompt a caption that grants it, adds nothing and leaves nothing open", () => {
  for (const { caption, request } of PAIRS) {
    const truth = parseCaption(caption);
    expect(truth, caption).not.toBeNull();
    expect([grants(truth!, request), addsNothing(truth!, request), saysAll(truth!)], caption).toEqual([
      true,
      true,
      true,
    ]);
  }
});

it("gives the same pair for the same index, others for the validation split, and fits the enhancer", () => {
  expect(sampleTersePair(7, "enhancer")).toEqual(PAIRS[7]);
  const validation = Array.from({ length: 50 }, (_, index) => sampleTersePair(index, "enhancer-validation"));
  expect(validation.map(({ terse }) => terse)).not.toEqual(PAIRS.slice(0, 50).map(({ terse }) => terse));
  for (const { terse, caption } of PAIRS) {
    expect(tokenize(terse).slice(16).join("")).toBe("0000");
    expect(tokenize(caption).slice(16).join("")).toBe("0000");
    expect(tokenize(caption)).not.toContain(UNKNOWN_ID);
  }
});

it("asks for held-out combinations only where the prompt does", () => {
  for (const { caption, request } of PAIRS) {
    const asked = request.objects.map(({ kind, colour }) => ({ kind, colour, count: 1 }));
    const colours = { objects: asked, relation: null, background: null };
    const truth = { ...parseCaption(caption)!, relation: null };
    expect(asksForHeldOut(truth), caption).toBe(asksForHeldOut(colours));
  }
});

it("refuses captions that drop, change or add something", () => {
  const request = {
    objects: [
      { kind: "teddy bear" as const, colour: null, counts: [1] },
      { kind: "book" as const, colour: "blue" as const, counts: [1] },
    ],
    relation: "with" as const,
    background: null,
  };
  const verdict = (caption: string) => {
    const truth = parseCaption(caption)!;
    return [grants(truth, request), addsNothing(truth, request), saysAll(truth)];
  };
  expect(verdict("a brown teddy bear reading a blue book on a green background")).toEqual([true, true, true]);
  expect(verdict("a brown teddy bear reading a red book on a green background")).toEqual([false, true, true]);
  expect(verdict("a brown teddy bear above a blue book on a green background")).toEqual([false, true, true]);
  expect(verdict("a blue book with a brown teddy bear on a green background")).toEqual([false, true, true]);
  expect(verdict("a brown teddy bear on a green background")).toEqual([false, false, true]);
  expect(verdict("a teddy bear reading a blue book")).toEqual([true, true, false]);
  expect(verdict("two brown teddy bears and a blue book on a green background")[0]).toBe(false);
  expect(verdict("a teddy bear, a blue book and a red key on a green background")[1]).toBe(false);
});

it("spells token ids as the caption they came from", () => {
  for (const { caption } of PAIRS) expect(spell(tokenize(caption))).toBe(caption);
  expect(spell(tokenize("an orange teddy bear, a red ball and a key"))).toBe(
    "an orange teddy bear, a red ball and a key",
  );
});

it("spells words that are no caption as they stand", () => {
  expect(spell(tokenize("red red above"))).toBe("red red above");
  expect(spell([])).toBe("");
});

it("makes hard negatives that are false in one way and of the grammar, in every way there is", () => {
  const seen = new Set<string>();
  for (let index = 0; index < 1000; index += 1) {
    const truth = captionTruth(sampleBalancedScene(index, "grader"));
    const made = hardNegative(truth, seededRandom(index));
    seen.add(made.change);
    const text = captionFromTruth(made.truth);
    expect(parseCaption(text)).toEqual(made.truth);
    expect(text).not.toBe(captionFromTruth(truth));
    const sorted = (words: string) =>
      words
        .replaceAll(",", "")
        .replace(/\ban\b/g, "a")
        .split(" ")
        .sort()
        .join(" ");
    if (made.change === "colours swapped" && truth.objects.every(({ colour }) => colour)) {
      expect(sorted(text)).toBe(sorted(captionFromTruth(truth)));
    }
  }
  expect([...seen].sort()).toEqual([...HARD_NEGATIVE_CHANGES].sort());
});
