import { describe, expect, test } from "vitest";
import { createRenderer } from "@/generation/world/render";
import { SUBJECT_DRAWINGS, SUBJECT_IMAGES, SUBJECT_WORD } from "@/generation/world/subject";
import { tokenize, UNKNOWN_ID, WORDS } from "@/generation/world/tokenizer";
import { OBJECT_KINDS } from "@/lib/schemas/stack/scene";

describe("the adapter's subject", () => {
  test("is outside of Toybox: no kind and no word of the vocabulary is its", () => {
    expect(OBJECT_KINDS).not.toContain(SUBJECT_WORD);
    expect(WORDS).not.toContain(SUBJECT_WORD);
  });

  test("is the one word of its captions that the base does not know", () => {
    for (const { caption } of SUBJECT_IMAGES) {
      expect(tokenize(caption).filter((id) => id === UNKNOWN_ID)).toHaveLength(1);
    }
  });

  test("is seen in ten images that all differ", async () => {
    const render = await createRenderer(SUBJECT_DRAWINGS);
    const images = SUBJECT_IMAGES.map(({ scene }) => Buffer.from(render(scene)).toString("base64"));
    expect(new Set(images).size).toBe(10);
  });

  test("changes nothing of what the renderer draws of Toybox", async () => {
    const scene = {
      objects: [{ kind: "star", colour: "yellow", x: 30, y: 30, size: 40 }],
      background: { colour: "dark", gradient: true, said: { colour: true } },
    } as const;
    const [plain, further] = await Promise.all([createRenderer(), createRenderer(SUBJECT_DRAWINGS)]);
    expect(further(scene)).toEqual(plain(scene));
    expect(() => plain(SUBJECT_IMAGES[0].scene)).toThrow();
  });
});
