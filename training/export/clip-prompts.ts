import { mkdirSync, writeFileSync } from "node:fs";
import {
  CLIP_CATEGORIES,
  toyboxClipPromptSetSchema,
  type ClipCategory,
  type ClipTruth,
} from "@/lib/schemas/stack/clip";
import { clipCaptionFromTruth, clipTruth, parseClipCaption } from "@/generation/world/motion/clip-caption";
import { tokenizeClipCaption } from "@/generation/world/motion/clip-tokenizer";
import { evaluationClip, evaluationClipCategory } from "@/generation/world/motion/evaluation-clips";
import { asksForHeldOutMotion } from "@/generation/world/motion/held-out-motions";

/**
 * Writes the prompts that video models are measured on: `npx tsx training/export/clip-prompts.ts`. 600 prompts, categories in turn,
 * none like another, with token ids and truth, into training/data/clip-prompts.json; the first 240 are the prompt set
 * toybox-motion-v1.
 */
const COUNT = 600;
const SET_COUNT = 240;
const SET = "lib/installation/data/toybox-motion-v1.json";

/** As in prompts.ts: every second place, and of each category every second prompt, so that any prefix is balanced. */
const isArenaPlace = (index: number) =>
  ((index % CLIP_CATEGORIES.length) + Math.floor(index / CLIP_CATEGORIES.length)) % 2 === 0;

const prompts: { text: string; category: ClipCategory; truth: ClipTruth; tokens: number[] }[] = [];
const seen = new Set<string>();
for (let index = 0; index < COUNT; index += 1) {
  const category = evaluationClipCategory(index);
  for (let attempt = 0; ; attempt += 1) {
    const text = clipCaptionFromTruth(clipTruth(evaluationClip(index, "prompts", attempt)));
    const truth = parseClipCaption(text);
    if (!truth || asksForHeldOutMotion(truth) !== (category === "held-out"))
      throw new Error(`not of the grammar or of another category: ${text}`);
    if (seen.has(text)) continue;
    seen.add(text);
    prompts.push({ text, category, truth, tokens: tokenizeClipCaption(text) });
    break;
  }
}
const set = toyboxClipPromptSetSchema.parse({
  id: "toybox-motion-v1",
  prompts: prompts.slice(0, SET_COUNT).map(({ text, category, truth }, index) => ({
    ...{ index, text, category, arena: isArenaPlace(index), truth },
  })),
});
writeFileSync(
  SET,
  `{\n"id": "${set.id}",\n"prompts": [\n${set.prompts.map((prompt) => JSON.stringify(prompt)).join(",\n")}\n]\n}\n`,
);
mkdirSync("training/data", { recursive: true });
writeFileSync("training/data/clip-prompts.json", JSON.stringify(prompts));
console.log(`${prompts.length} prompts of ${CLIP_CATEGORIES.length} categories`);
