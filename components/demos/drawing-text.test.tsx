import { getTranslations } from "next-intl/server";
import { describe, expect, it } from "vitest";
import { progressText, wordsText } from "@/components/demos/drawing-text";

const t = await getTranslations("demos");

const image = (name: string, change: object = {}) => ({
  model: name,
  name,
  url: `/${name}`,
  failure: null,
  failedFor: null,
  unknownWords: [] as string[],
  unreadWords: 0,
  ...change,
});

describe("what is said of a prompt's words", () => {
  it("is nothing where all of them are known and read", () => {
    expect(wordsText(t, [image("A"), image("B")])).toEqual([]);
  });

  it("names the words that no model was taught, and who alone knows the others", () => {
    const texts = wordsText(t, [
      image("A", { unknownWords: ["blip", "unicorn"] }),
      image("LoRA", { unknownWords: ["unicorn"] }),
    ]);
    expect(texts).toEqual([
      expect.stringMatching(/never taught “unicorn”: they read it as an unknown word/),
      "Of these models only LoRA knows “blip”.",
    ]);
  });

  it("leaves out what a model that could not draw would have known", () => {
    const failed = image("B", { url: null, failure: "away" });
    expect(wordsText(t, [image("A", { unknownWords: ["blip"] }), failed])[0]).toMatch(/never taught “blip”/);
  });

  it("tells how much of a long prompt went unread", () => {
    expect(wordsText(t, [image("A", { unreadWords: 1 })])).toEqual([expect.stringMatching(/last word goes/)]);
    expect(wordsText(t, [image("A", { unreadWords: 3 })])).toEqual([
      expect.stringMatching(/last 3 words go/),
    ]);
  });
});

it("progress counts what is done, and at the end names the seed and what could not be drawn", () => {
  const base = { drawingId: "drw_1", prompt: "a ball", seed: 7 };
  const open = image("B", { url: null });
  expect(progressText(t, { ...base, state: "drawing", images: [image("A"), open] })).toBe("1 of 2 drawn …");
  expect(progressText(t, { ...base, state: "done", images: [image("A"), image("B")] })).toBe(
    "All 2 drawn, from seed 7.",
  );
  const failed = image("B", { url: null, failure: "The backend is away." });
  expect(progressText(t, { ...base, state: "done", images: [image("A"), failed] })).toBe(
    "1 drawn, 1 could not be, from seed 7.",
  );
});
