import { expect, it } from "vitest";
import { readPrompt } from "@/generation/read-prompt";
import { UNKNOWN_ID, VOCABULARY_SIZE } from "@/generation/world/tokenizer";

const card = { textLength: 20, vocabularySize: VOCABULARY_SIZE, adapter: undefined };

it("words that a model was not taught are named once, and read as unknown", () => {
  const { tokens, unknown, unread } = readPrompt("A unicorn, a red ball and a UNICORN", card);
  expect(unknown).toEqual(["unicorn"]);
  expect(tokens.map((token) => token === UNKNOWN_ID)).toEqual([
    false,
    true,
    false,
    false,
    false,
    false,
    false,
    true,
  ]);
  expect(unread).toBe(0);
});

it("an adapter knows its own words, older weights none that came later", () => {
  const adapter = { base: "b", baseSha256: "", rank: 1, scale: 1, words: { blip: VOCABULARY_SIZE } };
  expect(readPrompt("a blip", { ...card, adapter }).unknown).toEqual([]);
  expect(readPrompt("a blip", card).unknown).toEqual(["blip"]);
  expect(readPrompt("a background", { ...card, vocabularySize: VOCABULARY_SIZE - 1 }).unknown).toEqual([
    "background",
  ]);
});

it("words past the model's length are counted as unread, whether it knows them or not", () => {
  const { tokens, unknown, unread } = readPrompt(`${"red ".repeat(20)}ball unicorn`, card);
  expect([tokens.length, unknown, unread]).toEqual([20, [], 2]);
});
