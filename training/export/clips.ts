import { createHash } from "node:crypto";
import { createWriteStream, mkdirSync, writeFileSync } from "node:fs";
import { finished } from "node:stream/promises";
import { CLIP_FRAMES, MOTIONS, type Clip } from "@/lib/schemas/stack/clip";
import { BACKGROUNDS, COLOURS, OBJECT_KINDS } from "@/lib/schemas/stack/scene";
import { clipCaption } from "@/generation/world/motion/clip-caption";
import { sampleBalancedClip, sampleTrainingClip } from "@/generation/world/motion/clip-sampler";
import {
  CLIP_TEXT_LENGTH,
  CLIP_VOCABULARY_SIZE,
  CLIP_WORDS,
  tokenizeClipCaption,
} from "@/generation/world/motion/clip-tokenizer";
import { createClipRenderer } from "@/generation/world/motion/render-clip";

/**
 * Writes the clips that training/ reads: `npx tsx training/export/clips.ts [folder = training/data] [train = 24000]`.
 * Per split: clips-<split>.frames.bin uint8 [N,17,64,64,3], .tokens.bin uint8 [N,24], .truth.bin int16 [N,11] = objects,
 * background, then 3 x (kind, colour, motion), -1 where absent; clips.json names it all.
 */
const TRUTH_WIDTH = 11;

function truthRow({ objects, background }: Clip): number[] {
  const row = new Array<number>(TRUTH_WIDTH).fill(-1);
  row[0] = objects.length;
  row[1] = BACKGROUNDS.indexOf(background.colour);
  objects.forEach(({ kind, colour, motion }, index) => {
    const facts = [OBJECT_KINDS.indexOf(kind), COLOURS.indexOf(colour), MOTIONS.indexOf(motion)];
    row.splice(2 + index * 3, 3, ...facts);
  });
  return row;
}

const folder = process.argv[2] ?? "training/data";
const trainCount = Number(process.argv[3] ?? 24_000);
mkdirSync(folder, { recursive: true });
const render = createClipRenderer();
const splits: Record<string, { count: number; clip: (index: number) => Clip }> = {
  validation: { count: 1_000, clip: (index) => sampleTrainingClip(index, "validation") },
  "grader-validation": { count: 1_500, clip: (index) => sampleBalancedClip(10_000_000 + index, "grader") },
  // What the grader and the encoder learn from: every combination, held-out ones too, since they judge, not draw.
  grader: { count: Math.ceil(trainCount / 2), clip: (index) => sampleBalancedClip(index, "grader") },
  train: { count: trainCount, clip: (index) => sampleTrainingClip(index) },
};

const files: Record<string, { count: number; sha256: string }> = {};
for (const [name, { count, clip }] of Object.entries(splits)) {
  const hash = createHash("sha256");
  const frames = createWriteStream(`${folder}/clips-${name}.frames.bin`);
  const tokens = new Uint8Array(count * CLIP_TEXT_LENGTH);
  const truth = new Int16Array(count * TRUTH_WIDTH);
  for (let index = 0; index < count; index += 1) {
    const sampled = clip(index);
    const bytes = Buffer.concat((await render(sampled)).frames);
    hash.update(bytes);
    tokens.set(tokenizeClipCaption(clipCaption(sampled)), index * CLIP_TEXT_LENGTH);
    truth.set(truthRow(sampled), index * TRUTH_WIDTH);
    if (!frames.write(bytes)) await new Promise<void>((resolve) => frames.once("drain", () => resolve()));
  }
  frames.end();
  await finished(frames);
  writeFileSync(`${folder}/clips-${name}.tokens.bin`, tokens);
  writeFileSync(`${folder}/clips-${name}.truth.bin`, truth);
  files[name] = { count, sha256: hash.digest("hex") };
  console.log(`clips-${name}: ${count} clips`);
}
const contract = { textLength: CLIP_TEXT_LENGTH, vocabularySize: CLIP_VOCABULARY_SIZE, words: CLIP_WORDS };
const lists = { kinds: OBJECT_KINDS, colours: COLOURS, backgrounds: BACKGROUNDS, motions: MOTIONS };
writeFileSync(
  `${folder}/clips.json`,
  `${JSON.stringify({ frames: CLIP_FRAMES, ...contract, ...lists, files }, null, 2)}\n`,
);
