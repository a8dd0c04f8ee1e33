import { toRgb } from "@/generation/encode-image";
import { toPlanes } from "@/generation/read-image";
import { captionTokens, readClipPrompt } from "@/generation/read-prompt";
import { CALLS_A_STEP } from "@/generation/record-frames";
import { sample } from "@/generation/sample";
import { classifierFreeGuidance } from "@/generation/samplers/guidance";
import { batchNoise } from "@/generation/samplers/random";
import type { ClipTask } from "./generate-clips";
import { sizeOf } from "./onnx-clip-model";
import type { LoadedClipModel } from "./video-library";

/** Apart from the noise of the frames that follow. */
const NOISE_STREAM = 1;

/** How often the network of first frames is called for a batch. */
export const firstFrameCalls = ({ first: { card } }: LoadedClipModel): number =>
  card.sampler.steps * CALLS_A_STEP[card.sampler.default];

/**
 * Draw what clips begin with, by the sampler of the network's own card: however few steps the clips take, they begin the same.
 * @returns each task's first frame as the latent of an image [C,H,W], which depends on its own prompt and seed alone
 */
export async function drawFirstFrames(
  model: LoadedClipModel,
  tasks: readonly ClipTask[],
  beforeCall: () => Promise<void>,
): Promise<Float32Array[]> {
  if (tasks.length === 0) return [];
  const { card, denoise } = model.first;
  const size = sizeOf(card.sampleShape);
  const prompts = tasks.map(({ prompt }) => readClipPrompt(prompt, card));
  const { default: sampler, steps, guidanceScale } = card.sampler;
  const guided = classifierFreeGuidance(denoise, captionTokens(prompts, card.textLength), guidanceScale);
  const noise = batchNoise(
    tasks.map(({ seed }) => seed),
    size,
    NOISE_STREAM,
  );
  const drawn = await sample(
    { ...card, decoder: model.card.decoder },
    { sampler, steps },
    async (x, t) => {
      await beforeCall();
      return guided(x, t);
    },
    noise,
    tasks.length,
  );
  return tasks.map((_, row) => drawn.slice(row * size, (row + 1) * size));
}

/**
 * The frame [3,S,S] in [-1, 1] of what {@link drawFirstFrames} drew. It is decoded from the first channels of its own latent frame
 * alone: what else a window holds makes no difference to it.
 */
export async function decodeFirstFrame(
  { card, decode }: LoadedClipModel,
  still: Float32Array,
): Promise<Float32Array> {
  const window = new Float32Array(sizeOf(card.sampleShape));
  window.set(still);
  return toPlanes(toRgb((await decode(window)).subarray(0, 3 * card.imageSize ** 2)));
}
