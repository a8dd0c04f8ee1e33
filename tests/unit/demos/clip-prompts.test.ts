import { expect, test } from "vitest";
import { CLIP_PROMPTS } from "@/lib/demos/demo-content";
import prompts from "@/lib/installation/data/toybox-motion-v1.json";

test("the clips of /stack are of prompts that nobody votes on: names stand with them", () => {
  for (const { prompt } of CLIP_PROMPTS) {
    const known = prompts.prompts.filter(({ text }) => text === prompt);
    expect(known.map(({ arena }) => arena)).toEqual([false]);
  }
});
