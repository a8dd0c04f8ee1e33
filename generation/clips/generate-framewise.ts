import { toRgb } from "@/generation/encode-image";
import { captionTokens, readPrompt } from "@/generation/read-prompt";
import { CALLS_A_STEP } from "@/generation/record-frames";
import { sample } from "@/generation/sample";
import { classifierFreeGuidance } from "@/generation/samplers/guidance";
import { sharedNoise } from "@/generation/samplers/random";
import type { ClipSettings, ClipTask, ClipWatch, DrawnClips } from "./generate-clips";
import type { LoadedFramewiseModel } from "./video-library";

/** Frames that the image model draws at once. */
const FRAMES_AT_ONCE = 8;

/**
 * Draw clips without a network that knows of time: an image model draws every frame of the same prompt, from noise that the frames
 * have in part in common. A clip's bytes depend on its own prompt and seed, the model and the settings alone.
 * @throws the signal's reason, between two denoiser calls, once it is aborted
 */
export async function generateFramewise(
  { card, images }: LoadedFramewiseModel,
  settings: ClipSettings,
  tasks: readonly ClipTask[],
  { signal, onProgress = () => {}, turn = async () => {} }: ClipWatch,
): Promise<DrawnClips> {
  const size = images.card.sampleShape.reduce((product, side) => product * side, 1);
  // From noise that is all in common every frame is the same image: it is drawn once.
  const drawn = card.sharedNoise === 1 ? 1 : settings.frames;
  const rounds = Math.ceil(drawn / FRAMES_AT_ONCE);
  const calls = tasks.length * rounds * settings.steps * CALLS_A_STEP[settings.sampler];
  const timing = { denoise: 0, decode: 0 };
  let called = 0;
  const clips: Uint8Array[] = [];
  for (const { prompt, seed } of tasks) {
    const read = readPrompt(prompt, images.card);
    const frames: Uint8Array[] = [];
    for (let from = 0; from < drawn; from += FRAMES_AT_ONCE) {
      const rows = Math.min(FRAMES_AT_ONCE, drawn - from);
      const guided = classifierFreeGuidance(
        images.denoise,
        captionTokens(new Array<typeof read>(rows).fill(read), images.card.textLength),
        settings.guidanceScale,
      );
      const noise = sharedNoise(seed, {
        frames: Array.from({ length: rows }, (_, row) => from + row),
        share: card.sharedNoise,
        size,
      });
      const started = performance.now();
      const samples = await sample(
        { ...images.card, sampler: card.sampler },
        settings,
        async (x, t) => {
          const asked = performance.now();
          await turn();
          timing.denoise -= performance.now() - asked;
          signal.throwIfAborted();
          onProgress(Math.min(1, called++ / calls));
          return guided(x, t);
        },
        noise,
        rows,
      );
      const denoised = performance.now();
      const pixels = images.decode === null ? samples : await images.decode(samples);
      const frameSize = pixels.length / rows;
      for (let row = 0; row < rows; row += 1)
        frames.push(toRgb(pixels.subarray(row * frameSize, (row + 1) * frameSize)));
      timing.denoise += denoised - started;
      timing.decode += performance.now() - denoised;
    }
    while (frames.length < settings.frames) frames.push(frames[0]);
    clips.push(Buffer.concat(frames));
  }
  return { clips, timing };
}
