import { createWriteStream, writeFileSync } from "node:fs";
import { finished } from "node:stream/promises";
import type { ClipTruth } from "@/lib/schemas/stack/clip";
import { BACKGROUNDS, COLOURS, OBJECT_KINDS } from "@/lib/schemas/stack/scene";
import { clipCaptionFromTruth, clipTruth } from "@/generation/world/motion/clip-caption";
import { sampleTrainingClip } from "@/generation/world/motion/clip-sampler";
import { CLIP_TEXT_LENGTH, tokenizeClipCaption } from "@/generation/world/motion/clip-tokenizer";
import { createClipRenderer } from "@/generation/world/motion/render-clip";

/**
 * Writes what toybox-first-frame learns from: the first frames of clips like the training clips.
 * `npx tsx training/export/first-frames.ts [count = 48000]` writes training/data/clips-first.frames.bin uint8 [N,64,64,3],
 * .tokens.bin uint8 [N,24] and .claims.bin int16 [N,8]: objects, background, then 3 x (kind, colour), -1 where the caption
 * says nothing of it.
 */
const CLAIMS = 8;

function claimsRow({ objects, background }: ClipTruth): number[] {
  const row = new Array<number>(CLAIMS).fill(-1);
  row[0] = objects.length;
  row[1] = background === null ? -1 : BACKGROUNDS.indexOf(background);
  objects.forEach(({ kind, colour }, index) => {
    row.splice(2 + index * 2, 2, OBJECT_KINDS.indexOf(kind), colour === null ? -1 : COLOURS.indexOf(colour));
  });
  return row;
}

const count = Number(process.argv[2] ?? 48_000);
/** Far beyond the indices of training clips: none comes twice. */
const FROM = 1_000_000;
const render = createClipRenderer();
const frames = createWriteStream("training/data/clips-first.frames.bin");
const tokens = new Uint8Array(count * CLIP_TEXT_LENGTH);
const claims = new Int16Array(count * CLAIMS);
for (let index = 0; index < count; index += 1) {
  const clip = sampleTrainingClip(FROM + index);
  const truth = clipTruth(clip);
  tokens.set(tokenizeClipCaption(clipCaptionFromTruth(truth)), index * CLIP_TEXT_LENGTH);
  claims.set(claimsRow(truth), index * CLAIMS);
  const [first] = (await render(clip, 1)).frames;
  if (!frames.write(first)) await new Promise<void>((resolve) => frames.once("drain", () => resolve()));
}
frames.end();
await finished(frames);
writeFileSync("training/data/clips-first.tokens.bin", tokens);
writeFileSync("training/data/clips-first.claims.bin", claims);
console.log(`clips-first: ${count} first frames`);
