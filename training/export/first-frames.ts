import { createWriteStream, writeFileSync } from "node:fs";
import { finished } from "node:stream/promises";
import { clipCaption } from "@/generation/world/motion/clip-caption";
import { sampleTrainingClip } from "@/generation/world/motion/clip-sampler";
import { CLIP_TEXT_LENGTH, tokenizeClipCaption } from "@/generation/world/motion/clip-tokenizer";
import { createClipRenderer } from "@/generation/world/motion/render-clip";

/**
 * Writes what toybox-first-frame learns from: the first frames of clips like the training clips.
 * `npx tsx training/export/first-frames.ts [count = 48000]` writes training/data/clips-first.frames.bin uint8 [N,64,64,3],
 * .tokens.bin uint8 [N,24] and .things.bin uint8 [N], how many things there are.
 */
const count = Number(process.argv[2] ?? 48_000);
/** Far beyond the indices of training clips: none comes twice. */
const FROM = 1_000_000;
const render = createClipRenderer();
const frames = createWriteStream("training/data/clips-first.frames.bin");
const tokens = new Uint8Array(count * CLIP_TEXT_LENGTH);
const things = new Uint8Array(count);
for (let index = 0; index < count; index += 1) {
  const clip = sampleTrainingClip(FROM + index);
  tokens.set(tokenizeClipCaption(clipCaption(clip)), index * CLIP_TEXT_LENGTH);
  things[index] = clip.objects.length;
  const [first] = (await render(clip, 1)).frames;
  if (!frames.write(first)) await new Promise<void>((resolve) => frames.once("drain", () => resolve()));
}
frames.end();
await finished(frames);
writeFileSync("training/data/clips-first.tokens.bin", tokens);
writeFileSync("training/data/clips-first.things.bin", things);
console.log(`clips-first: ${count} first frames`);
