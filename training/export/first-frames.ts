import { createWriteStream, writeFileSync } from "node:fs";
import { finished } from "node:stream/promises";
import { clipCaption } from "@/generation/world/motion/clip-caption";
import { sampleTrainingClip } from "@/generation/world/motion/clip-sampler";
import { CLIP_TEXT_LENGTH, tokenizeClipCaption } from "@/generation/world/motion/clip-tokenizer";
import { createClipRenderer } from "@/generation/world/motion/render-clip";
import { CLIP_TRUTH_WIDTH, clipTruthRow } from "./clip-truth";

/**
 * Writes what toybox-first-frame learns from beside the training clips: the first frames of other clips of the same kind.
 * `npx tsx training/export/first-frames.ts [count = 48000]` writes training/data/clips-first.frames.bin uint8 [N,64,64,3],
 * .tokens.bin uint8 [N,24] and .truth.bin int16 [N,11] (clip-truth.ts).
 */
const count = Number(process.argv[2] ?? 48_000);
/** Far beyond the indices of training clips: none comes twice. */
const FROM = 1_000_000;
const render = createClipRenderer();
const frames = createWriteStream("training/data/clips-first.frames.bin");
const tokens = new Uint8Array(count * CLIP_TEXT_LENGTH);
const truth = new Int16Array(count * CLIP_TRUTH_WIDTH);
for (let index = 0; index < count; index += 1) {
  const clip = sampleTrainingClip(FROM + index);
  const [first] = (await render(clip, 1)).frames;
  tokens.set(tokenizeClipCaption(clipCaption(clip)), index * CLIP_TEXT_LENGTH);
  truth.set(clipTruthRow(clip), index * CLIP_TRUTH_WIDTH);
  if (!frames.write(first)) await new Promise<void>((resolve) => frames.once("drain", () => resolve()));
}
frames.end();
await finished(frames);
writeFileSync("training/data/clips-first.tokens.bin", tokens);
writeFileSync("training/data/clips-first.truth.bin", truth);
console.log(`clips-first: ${count} first frames`);
