import { encodeImage, toRgb, type OutputFormat } from "@/generation/encode-image";
import type { ModelCard, SamplerName } from "@/generation/model-card";
import type { LoadedModel } from "@/generation/model-library";
import { recordFrames } from "@/generation/record-frames";
import { sample } from "@/generation/sample";
import type { Reading } from "@/generation/samplers/clean-estimate";
import type { Denoiser } from "@/generation/samplers/denoiser";
import { classifierFreeGuidance } from "@/generation/samplers/guidance";
import { batchNoise } from "@/generation/samplers/random";
import { captionTokens, readPrompt } from "@/generation/read-prompt";

/** How a batch is sampled: the same for all of its images. */
export interface SamplingSettings {
  sampler: SamplerName;
  steps: number;
  guidanceScale: number;
  /** Images of the way from noise to image that are wanted beside it; at most `steps`. */
  frames: number;
}

/** One image to draw. */
export interface ImageTask {
  prompt: string;
  seed: number;
  format: OutputFormat;
}

/** The walk to one image at the beginning of a step, as images: where it stood, and what the network took it for. */
export interface FrameImages {
  step: number;
  noise: number;
  sample: Buffer;
  estimate: Buffer;
}

/** One image and the frames of the way to it. */
export interface GeneratedImage {
  bytes: Buffer;
  frames: FrameImages[];
}

/** Wall-clock milliseconds of a batch's parts. */
export interface BatchTiming {
  denoise: number;
  decode: number;
  encode: number;
}

/**
 * Draw a batch of images. An image's bytes depend on its own prompt and seed, the model and the settings,
 * never on the rest of the batch, nor on whether frames are asked for.
 * @throws the signal's reason, between two denoiser calls, once it is aborted.
 */
export async function generateImages(
  model: LoadedModel,
  settings: SamplingSettings,
  tasks: readonly ImageTask[],
  signal: AbortSignal,
): Promise<{ images: GeneratedImage[]; timing: BatchTiming }> {
  const { card } = model;
  const started = performance.now();
  const guided = classifierFreeGuidance(
    model.denoise,
    captionTokens(
      tasks.map((task) => readPrompt(task.prompt, card)),
      card.textLength,
    ),
    settings.guidanceScale,
  );
  const stoppable: Denoiser = (x, t) => {
    signal.throwIfAborted();
    return guided(x, t);
  };
  const { denoise, frames } = recordFrames(stoppable, readingOf(card), settings);
  const size = card.sampleShape.reduce((product, side) => product * side, 1);
  const samples = await sample(
    card,
    settings,
    denoise,
    batchNoise(
      tasks.map((task) => task.seed),
      size,
    ),
    tasks.length,
  );
  const denoised = performance.now();

  const decode = async (values: Float32Array) => (model.decode === null ? values : model.decode(values));
  const pixels = await decode(samples);
  const framePixels: { sample: Float32Array; estimate: Float32Array }[] = [];
  for (const frame of frames) {
    signal.throwIfAborted();
    framePixels.push({ sample: await decode(frame.sample), estimate: await decode(frame.estimate) });
  }
  const decoded = performance.now();

  const encode = (batch: Float32Array, row: number) => {
    const pixelCount = batch.length / tasks.length;
    const own = batch.subarray(row * pixelCount, (row + 1) * pixelCount);
    return encodeImage(toRgb(own), card.imageSize, tasks[row].format);
  };
  const images = await Promise.all(
    tasks.map(async (_, row) => ({
      bytes: await encode(pixels, row),
      frames: await Promise.all(
        framePixels.map(async (frame, index) => ({
          step: frames[index].step,
          noise: frames[index].noise,
          sample: await encode(frame.sample, row),
          estimate: await encode(frame.estimate, row),
        })),
      ),
    })),
  );
  return {
    images,
    timing: {
      denoise: denoised - started,
      decode: decoded - denoised,
      encode: performance.now() - decoded,
    },
  };
}

function readingOf(card: ModelCard): Reading {
  if (card.family === "flow") return { family: "flow", prediction: "velocity" };
  if (card.family === "score") return { family: "score", prediction: "eps" };
  const prediction = card.prediction === "v" ? "v" : "eps";
  return { family: "ddpm", prediction, clipData: card.decoder === null };
}
