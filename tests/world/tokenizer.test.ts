import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { toyboxPromptSetSchema, PROMPT_CATEGORIES } from "@/lib/schemas/stack/scene";
import { caption, captionFromTruth, parseCaption } from "@/generation/world/caption";
import { asksForHeldOut } from "@/generation/world/held-out";
import { sampleScene } from "@/generation/world/scene-sampler";
import {
  PADDING_ID,
  TEXT_LENGTH,
  tokenize,
  UNKNOWN_ID,
  VOCABULARY_SIZE,
  words,
  WORDS,
} from "@/generation/world/tokenizer";

describe("the tokenizer", () => {
  test("knows every word of every category's captions, within its length", () => {
    for (const category of PROMPT_CATEGORIES)
      for (let index = 0; index < 300; index += 1) {
        const text = caption(sampleScene(index, "reference", category), index % 2 === 0);
        expect(tokenize(text)).not.toContain(UNKNOWN_ID);
        expect(words(text).length).toBeLessThanOrEqual(TEXT_LENGTH);
      }
  });

  test("keeps the ids the weights were trained with", () => {
    expect(VOCABULARY_SIZE).toBe(58);
    expect(WORDS.slice(0, 5)).toEqual(["a", "two", "three", "red", "orange"]);
    expect(tokenize("a teddy bear reading a book").slice(0, 7)).toEqual([2, 16, 17, 54, 2, 19, PADDING_ID]);
  });

  test("maps unknown words to one id, ignores case and punctuation, and cuts long prompts", () => {
    expect(tokenize("A RED, dragon!").slice(0, 4)).toEqual([
      tokenize("a")[0],
      tokenize("red")[0],
      UNKNOWN_ID,
      PADDING_ID,
    ]);
    expect(tokenize("star ".repeat(500))).toHaveLength(TEXT_LENGTH);
    expect(tokenize("")).toEqual(new Array(TEXT_LENGTH).fill(PADDING_ID));
    expect(tokenize("an orange")).toEqual(tokenize("a orange"));
  });
});

describe("the prompt set toybox-v1", () => {
  const set = toyboxPromptSetSchema.parse(
    JSON.parse(readFileSync("lib/installation/data/toybox-v1.json", "utf8")),
  );

  test("holds 1,100 different prompts, every second of the first 200 for the arena, any prefix balanced over the categories", () => {
    expect(set.prompts).toHaveLength(1100);
    expect(new Set(set.prompts.map(({ text }) => text)).size).toBe(1100);
    set.prompts.forEach(({ index, arena, category }, at) => {
      expect(index).toBe(at);
      // Of each category, too, every second one.
      expect(arena).toBe(at < 200 && ((at % 6) + Math.floor(at / 6)) % 2 === 0);
      expect(category).toBe(PROMPT_CATEGORIES[at % 6]);
    });
    expect(set.prompts.some(({ text, arena }) => !arena && text === "a teddy bear reading a book")).toBe(
      true,
    );
  });

  test("states the truth each text claims, and asks for held-out combinations where it says so and nowhere else", () => {
    for (const { text, truth, category } of set.prompts) {
      expect(parseCaption(text)).toEqual(truth);
      expect([captionFromTruth(truth), captionFromTruth(truth, false)]).toContain(text);
      expect(asksForHeldOut(truth)).toBe(category === "held-out");
      expect(tokenize(text)).not.toContain(UNKNOWN_ID);
    }
  });
});
