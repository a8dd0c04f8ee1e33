import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { toyboxPromptSetSchema, type PromptCategory, type ToyboxPrompt } from "@/lib/schemas/stack/scene";
import { caption, captionFromTruth, captionTruth, parseCaption } from "@/generation/world/caption";
import { distanceScene, evaluationCategory, evaluationScene } from "@/generation/world/evaluation-scenes";
import { asksForHeldOut } from "@/generation/world/held-out";
import { sampleScene } from "@/generation/world/scene-sampler";
import { tokenize } from "@/generation/world/tokenizer";

/**
 * Writes the prompt set toybox-v1: `npx tsx training/export/prompts.ts`. 1,100 prompts, categories
 * in turn, 100 of them for the arena; prompts.json beside the training arrays holds the same with token ids, for the recipes' measurements, and
 * post-training-prompts.json what post-training draws: captions of training scenes, none of which the set holds; and
 * distance-prompts.json the captions, as token ids alone, that scripts/measure-distance.ts has drawn.
 */
const COUNT = 1_100;
const POST_TRAINING = 12_000;
const DISTANCE = 5_000;
const SET = "lib/installation/data/toybox-v1.json";

/** Prompts chosen by hand for a visitor's first minutes; the rest are sampled. */
const CHOSEN: Record<PromptCategory, string[]> = {
  "single object": [
    "a red balloon on a blue background",
    "a teddy bear",
    "a fish on a blue background",
    "a yellow star on a dark background",
  ],
  colour: [
    "a red mushroom and a yellow flower on a green background",
    "a pink teddy bear and a red heart on a white background",
  ],
  counting: [
    "three yellow stars on a dark background",
    "two teddy bears on a pink background",
    "three orange fish on a blue background",
    "two purple balloons",
  ],
  relation: [
    "a teddy bear reading a book",
    "a fish reading a book on a blue background",
    "a yellow sun above a red house on a blue background",
    "a brown teddy bear with a red heart on a pink background",
    "a star reading a purple book on a dark background",
    "a red car left of a green tree on a yellow background",
  ],
  "three objects": [
    "a teddy bear, a red balloon and a pink heart on a white background",
    "a red house, a green tree and a yellow sun on a blue background",
  ],
  "held-out": [
    "a green teddy bear reading a blue book",
    "a blue heart on a pink background",
    "a blue tree on a yellow background",
    "three purple suns on a dark background",
  ],
};

/**
 * Half of the first 200 places are the arena's: every second one, and of each category every second prompt. So any prefix of the
 * set, however short a run, holds as many prompts for battles as for galleries, and both are balanced over the categories.
 */
const isArenaPlace = (index: number) => index < 200 && ((index % 6) + Math.floor(index / 6)) % 2 === 0;

const seen = new Set<string>();
const prompts: ToyboxPrompt[] = [];
for (let index = 0; index < COUNT; index += 1) {
  const category = evaluationCategory(index);
  const chosen = CHOSEN[category].shift();
  for (let attempt = 0; ; attempt += 1) {
    const sampled = captionTruth(evaluationScene(index, "prompts", attempt));
    const text = chosen ?? captionFromTruth(sampled, index % 4 !== 0);
    const truth = parseCaption(text);
    if (!truth) throw new Error(`not of the grammar: ${text}`);
    if (asksForHeldOut(truth) !== (category === "held-out")) throw new Error(`wrong category: ${text}`);
    if (seen.has(text)) continue;
    seen.add(text);
    prompts.push({ index, text, category, arena: isArenaPlace(index), truth });
    break;
  }
}
const set = toyboxPromptSetSchema.parse({ id: "toybox-v1", seed: 4, prompts });
mkdirSync(dirname(SET), { recursive: true });
writeFileSync(
  SET,
  `{\n"id": "${set.id}",\n"seed": ${set.seed},\n"prompts": [\n${set.prompts.map((prompt) => JSON.stringify(prompt)).join(",\n")}\n]\n}\n`,
);
mkdirSync("training/data", { recursive: true });
writeFileSync(
  "training/data/prompts.json",
  JSON.stringify(set.prompts.map((prompt) => ({ ...prompt, tokens: tokenize(prompt.text) }))),
);
const postTraining = [];
for (let index = 0; index < POST_TRAINING; index += 1) {
  const category = evaluationCategory(index);
  if (category === "held-out") continue;
  const text = captionFromTruth(captionTruth(sampleScene(index, "train", category)), index % 4 !== 0);
  const truth = parseCaption(text);
  if (!truth || seen.has(text)) continue;
  seen.add(text);
  postTraining.push({ text, category, truth, tokens: tokenize(text) });
}
writeFileSync("training/data/post-training-prompts.json", JSON.stringify(postTraining));
writeFileSync(
  "training/data/distance-prompts.json",
  JSON.stringify(Array.from({ length: DISTANCE }, (_, index) => tokenize(caption(distanceScene(index))))),
);
console.log(`${SET}: ${prompts.length} prompts; ${postTraining.length} to post-train on`);
