import { writeFileSync } from "node:fs";
import { caption, captionFromTruth, captionTruth } from "@/generation/world/caption";
import { hardNegative, HARD_NEGATIVE_CHANGES } from "@/generation/world/hard-negative";
import { seededRandom } from "@/generation/world/random";
import { sampleBalancedScene } from "@/generation/world/scene-sampler";
import { sampleTersePair } from "@/generation/world/terse-prompt";
import { SAME_AS, TEXT_LENGTH, tokenize, WORDS } from "@/generation/world/tokenizer";

/**
 * Writes what the recipes learn from words alone: `npx tsx training/export/text.ts [folder = training/data] [pairs = 200000]
 * [scenes = 30000]`. Per enhancer split: <split>.terse.bin and <split>.full.bin uint8 [N,20], token ids of a terse prompt and
 * of its full caption. Per grader split of export.ts: <split>.foils.bin uint8 [N,2,20], false captions of its scenes, and
 * <split>.changes.bin uint8 [N,2], an index of `foilChanges`. text.json names it all.
 */
const HARD_NEGATIVES = 2;
/** A stream of random numbers of its own, so that scenes stay what they are. */
const STREAM = 300;

const folder = process.argv[2] ?? "training/data";
const pairs = Number(process.argv[3] ?? 200_000);
const scenes = Number(process.argv[4] ?? 30_000);

for (const [split, count] of [["enhancer", pairs] as const, ["enhancer-validation", 2_000] as const]) {
  const [terse, full] = [new Uint8Array(count * TEXT_LENGTH), new Uint8Array(count * TEXT_LENGTH)];
  for (let index = 0; index < count; index += 1) {
    const pair = sampleTersePair(index, split);
    terse.set(tokenize(pair.terse), index * TEXT_LENGTH);
    full.set(tokenize(pair.caption), index * TEXT_LENGTH);
  }
  writeFileSync(`${folder}/${split}.terse.bin`, terse);
  writeFileSync(`${folder}/${split}.full.bin`, full);
  console.log(`${split}: ${count} pairs`);
}
for (const [split, count, from] of [
  ["grader", scenes, 0] as const,
  ["grader-validation", 3_000, 10_000_000] as const,
]) {
  const [hardNegatives, changes] = [
    new Uint8Array(count * HARD_NEGATIVES * TEXT_LENGTH),
    new Uint8Array(count * HARD_NEGATIVES),
  ];
  for (let index = 0; index < count; index += 1) {
    const scene = sampleBalancedScene(from + index, "grader");
    // The words of the scene's own caption, as export.ts puts them.
    const reading = index % 4 !== 0;
    const own = tokenize(caption(scene, reading)).join();
    const random = seededRandom(from + index, STREAM);
    for (let at = 0; at < HARD_NEGATIVES; at += 1) {
      const made = hardNegative(captionTruth(scene), random);
      const tokens = tokenize(captionFromTruth(made.truth, reading));
      if (tokens.join() === own) throw new Error(`a hard negative that is true: ${caption(scene, reading)}`);
      hardNegatives.set(tokens, (index * HARD_NEGATIVES + at) * TEXT_LENGTH);
      changes[index * HARD_NEGATIVES + at] = HARD_NEGATIVE_CHANGES.indexOf(made.change);
    }
  }
  writeFileSync(`${folder}/${split}.foils.bin`, hardNegatives);
  writeFileSync(`${folder}/${split}.changes.bin`, changes);
  console.log(`${split}: ${count * HARD_NEGATIVES} hard negatives`);
}
const contract = {
  words: WORDS,
  sameAs: SAME_AS,
  length: TEXT_LENGTH,
  foilChanges: HARD_NEGATIVE_CHANGES,
  foils: HARD_NEGATIVES,
};
writeFileSync(`${folder}/text.json`, `${JSON.stringify(contract, null, 2)}\n`);
