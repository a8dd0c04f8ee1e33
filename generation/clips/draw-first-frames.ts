import { captionTokens, readClipPrompt } from "@/generation/read-prompt";
import { CALLS_A_STEP } from "@/generation/record-frames";
import { sample } from "@/generation/sample";
import { classifierFreeGuidance } from "@/generation/samplers/guidance";
import { batchNoise } from "@/generation/samplers/random";
import type { ClipTask } from "./generate-clips";
import type { LoadedClipModel } from "./video-library";

/** Apart from the noise of the frames that follow. */
const NOISE_STREAM = 1;

/** How often the network of first frames is called for a batch. */
export const firstFrameCalls = ({ first: { card } }: LoadedClipModel): number =>
  card.sampler.steps * CALLS_A_STEP[card.sampler.default];

/**
 * Draw what clips begin with, by the sampler of the network's own card: however few steps the clips take, they begin the same.
 * @returns each task's first latent frame [C,H,W], which depends on its own prompt and seed alone
 */
export async function drawFirstFrames(
  { card: { decoder }, first: { card, denoise } }: LoadedClipModel,
  tasks: readonly ClipTask[],
  beforeCall: () => Promise<void>,
): Promise<Float32Array[]> {
  if (tasks.length === 0) return [];
  const size = card.sampleShape.reduce((product, side) => product * side, 1);
  const prompts = tasks.map(({ prompt }) => readClipPrompt(prompt, card));
  const { default: sampler, steps, guidanceScale } = card.sampler;
  const guided = classifierFreeGuidance(denoise, captionTokens(prompts, card.textLength), guidanceScale);
  const noise = batchNoise(
    tasks.map(({ seed }) => seed),
    size,
    NOISE_STREAM,
  );
  const drawn = await sample(
    { ...card, decoder },
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
