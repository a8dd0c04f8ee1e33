import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { ProgressBar } from "@/cli/progress";
import { generateClips, type ClipTask } from "@/generation/clips/generate-clips";
import { generateFramewise } from "@/generation/clips/generate-framewise";
import { ModelLibrary } from "@/generation/model-library";
import { clipCaptionFromTruth, clipTruth } from "@/generation/world/motion/clip-caption";
import {
  evaluationClip,
  evaluationClipCategory,
  REFERENCE_CLIP_COUNT,
} from "@/generation/world/motion/evaluation-clips";
import { createClipRenderer } from "@/generation/world/motion/render-clip";
import { SCENE_SIZE } from "@/generation/world/render";
import type { ClipGrade } from "@/lib/encoders/grade-clip";
import { openVideoEncoder } from "@/lib/encoders/open-video-encoder";
import { openClipGrader } from "@/lib/encoders/toybox-clip-grader";
import type { DecodedImage } from "@/lib/media/decode-image";
import { featureSet } from "@/lib/metrics/features";
import { prepareReference } from "@/lib/metrics/frechet-distance";
import { frechetJackknife } from "@/lib/metrics/frechet-jackknife";
import { probeFrameOrder } from "@/lib/metrics/motion/temporal-probe";
import { wilsonInterval } from "@/lib/numerics/wilson-interval";
import { requireBundledReference } from "@/lib/references/bundled-statistics";
import { CLIP_FRAMES, type Clip } from "@/lib/schemas/stack/clip";

/**
 * FVD-toybox and clip grades of bundled video models: `npx tsx scripts/measure-clips.ts MODEL ... [--count 300] [--threads 2]`. One clip
 * for each caption of the reference's distribution that follows the reference's own, drawn as the backend draws it; the distance with
 * its jackknife interval, and the shares of clips that are entirely right, go into the model's card. The model `renders` is the world
 * itself, what a perfect model would get; `shuffled` is the same clips with their frames in another order.
 */
const ENCODER = "toybox-video-encoder";
const MODELS = "generation/models";
const FRAME_BYTES = 3 * SCENE_SIZE ** 2;

const { values, positionals: names } = parseArgs({
  options: { count: { type: "string", default: "300" }, threads: { type: "string" } },
  allowPositionals: true,
});
const count = Number(values.count);
const threads = values.threads === undefined ? undefined : Number(values.threads);
if (names.length === 0 || !(count >= 100)) {
  console.error("usage: npx tsx scripts/measure-clips.ts MODEL ... [--count 300] [--threads 2]");
  process.exit(2);
}

const reference = await prepareReference(await requireBundledReference(ENCODER, REFERENCE_CLIP_COUNT));
const encoder = await openVideoEncoder(ENCODER, { encodersDir: "encoders", threads });
const grader = await openClipGrader({ threads });
const library = await ModelLibrary.open(MODELS, { threads });
const render = createClipRenderer();
const signal = new AbortController().signal;

/** A clip's frames, 8-bit RGB one after the other. */
type ClipSource = (clip: Clip, index: number) => Promise<Uint8Array>;

const renders: ClipSource = async (clip) => Buffer.concat((await render(clip)).frames);

const shuffled: ClipSource = async (clip, index) => {
  const { frames } = await render(clip);
  return Buffer.concat(probeFrameOrder("shuffled", frames.length, index).map((at) => frames[at]));
};

async function drawnBy(id: string): Promise<ClipSource> {
  const model = await library.videos.load(id);
  const { default: sampler, steps, guidanceScale } = model.card.sampler;
  const settings = { sampler, steps, guidanceScale, frames: CLIP_FRAMES, anchors: 1 as const };
  return async (clip, index) => {
    const task: ClipTask = { prompt: clipCaptionFromTruth(clipTruth(clip)), seed: index, first: null };
    const { clips } =
      "images" in model
        ? await generateFramewise(model, settings, [task], { signal })
        : await generateClips(model, settings, [task], { signal });
    return clips[0];
  };
}

const framesOf = (rgb: Uint8Array): DecodedImage[] =>
  Array.from({ length: CLIP_FRAMES }, (_, at) => ({
    width: SCENE_SIZE,
    height: SCENE_SIZE,
    data: rgb.subarray(at * FRAME_BYTES, (at + 1) * FRAME_BYTES),
    format: "png",
  }));

/** Of those to which a test applies, how many pass it. */
function share(results: readonly (boolean | null)[]) {
  const asked = results.filter((result) => result !== null);
  const right = asked.filter(Boolean).length;
  const { low, high } = wilsonInterval(right, asked.length);
  return {
    n: asked.length,
    value: rounded(right / asked.length),
    interval: [rounded(low), rounded(high)] as [number, number],
  };
}

const rounded = (value: number) => Math.round(1000 * value) / 1000;

for (const id of names) {
  const progress = new ProgressBar(id);
  const started = performance.now();
  const source = id === "renders" ? renders : id === "shuffled" ? shuffled : await drawnBy(id);
  const features = new Float32Array(count * encoder.dimension);
  const grades: ClipGrade[] = [];
  for (let index = 0; index < count; index += 1) {
    const clip = evaluationClip(REFERENCE_CLIP_COUNT + index, "reference");
    const frames = framesOf(await source(clip, index));
    features.set(await encoder.extract([frames]), index * encoder.dimension);
    grades.push(...(await grader.grade([frames], [clipTruth(clip)])));
    progress.update((index + 1) / count);
  }
  const { value, low, high } = await frechetJackknife(featureSet(features, encoder.dimension), reference);
  const isHeldOut = (index: number) => evaluationClipCategory(REFERENCE_CLIP_COUNT + index) === "held-out";
  const right = {
    allCorrect: share(grades.map(({ allCorrect }, at) => (isHeldOut(at) ? null : allCorrect))),
    heldOut: share(grades.map(({ allCorrect }, at) => (isHeldOut(at) ? allCorrect : null))),
    verb: share(grades.map(({ verb }) => verb)),
    direction: share(grades.map(({ direction }) => direction)),
    persistence: share(grades.map(({ persistence }) => persistence)),
  };
  const distance = { n: count, value: rounded(value), interval: [rounded(low), rounded(high)] };
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(
    `${id}: FVD-toybox ${distance.value} (95%: ${distance.interval.join(" to ")}), n ${count}, ${seconds} s`,
  );
  for (const [name, { n, value, interval }] of Object.entries(right))
    console.log(`  ${name}: ${(100 * value).toFixed(1)}% of ${n} (95%: ${interval.join(" to ")})`);
  if (id !== "renders" && id !== "shuffled") writeCard(id, distance, right);
}

function writeCard(id: string, distance: object, right: object): void {
  const file = `${MODELS}/${id}/card.json`;
  const card = JSON.parse(readFileSync(file, "utf8")) as { figures: Record<string, unknown> };
  const howMeasured = `scripts/measure-clips.ts: one clip for each of ${count} captions of the reference's distribution, as served; FVD-toybox against ${REFERENCE_CLIP_COUNT} renders, 95% jackknife; grades by the Toybox video grader, 95% Wilson`;
  card.figures.asServed = { fvdToybox: distance, ...right, howMeasured };
  writeFileSync(file, `${JSON.stringify(card, null, 2)}\n`);
}
await encoder.close();
await grader.close();
