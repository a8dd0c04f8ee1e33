import { encodeImage, toRgb, type OutputFormat } from "@/generation/encode-image";
import type { ModelCard, SamplerName } from "@/generation/model-card";
import type { LoadedModel } from "@/generation/model-library";
import { ddim } from "@/generation/samplers/ddim";
import { ddpm } from "@/generation/samplers/ddpm";
import type { Denoiser, NoiseSource } from "@/generation/samplers/denoiser";
import { euler } from "@/generation/samplers/euler";
import { classifierFreeGuidance } from "@/generation/samplers/guidance";
import { heun } from "@/generation/samplers/heun";
import { langevin } from "@/generation/samplers/langevin";
import { predictorCorrector } from "@/generation/samplers/predictor-corrector";
import { batchNoise } from "@/generation/samplers/random";
import {
  cosineAlphaBar,
  diffusionTimes,
  flowLevels,
  flowTimes,
  geometricSigma,
  levelTimes,
  timeOfSigma,
} from "@/generation/samplers/schedules";
import { scaledNoise } from "@/generation/samplers/score-input";
import { PADDING_ID, tokenize, UNKNOWN_ID } from "@/generation/world/tokenizer";

/** How a batch is sampled: the same for all of its images. */
export interface SamplingSettings {
  sampler: SamplerName;
  steps: number;
  guidanceScale: number;
}

/** One image to draw. */
export interface ImageTask {
  prompt: string;
  seed: number;
  format: OutputFormat;
}

/** Wall-clock milliseconds of a batch's parts. */
export interface BatchTiming {
  denoise: number;
  decode: number;
  encode: number;
}

/**
 * Draw a batch of images. An image's bytes depend on its own prompt and seed, the model and the settings,
 * never on the rest of the batch.
 * @throws the signal's reason, between two denoiser calls, once it is aborted.
 */
export async function generateImages(
  model: LoadedModel,
  settings: SamplingSettings,
  tasks: readonly ImageTask[],
  signal: AbortSignal,
): Promise<{ images: Buffer[]; timing: BatchTiming }> {
  const { card } = model;
  const started = performance.now();
  const guided = classifierFreeGuidance(
    model.denoise,
    captionTokens(
      tasks.map((task) => task.prompt),
      card,
    ),
    settings.guidanceScale,
  );
  const denoise: Denoiser = (x, t) => {
    signal.throwIfAborted();
    return guided(x, t);
  };
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
  const pixels = model.decode === null ? samples : await model.decode(samples);
  const decoded = performance.now();
  const pixelCount = pixels.length / tasks.length;
  const images = await Promise.all(
    tasks.map((task, row) =>
      encodeImage(
        toRgb(pixels.subarray(row * pixelCount, (row + 1) * pixelCount)),
        card.imageSize,
        task.format,
      ),
    ),
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

function sample(
  card: ModelCard,
  { sampler, steps }: SamplingSettings,
  denoise: Denoiser,
  noiseSource: NoiseSource,
  rows: number,
): Promise<Float32Array> {
  const noise = noiseSource();
  if (card.family === "score") return sampleScore(sampler, steps, denoise, noise, noiseSource, rows);
  if (card.prediction === "velocity") {
    const input = { denoise, noise, times: flowTimes(steps, card.sampler.shift) };
    return sampler === "heun" ? heun(input) : euler(input);
  }
  const input = {
    denoise,
    noise,
    prediction: card.prediction,
    alphaBar: cosineAlphaBar,
    times: diffusionTimes(steps),
    clipData: card.decoder === null,
  };
  return sampler === "ddpm" ? ddpm(input, noiseSource) : ddim(input);
}

/**
 * A variance-exploding model. Its probability flow is dx/dsigma = noise (Song et al. 2021, eq. 13), so the flow samplers walk
 * it with noise levels for times.
 */
function sampleScore(
  sampler: SamplerName,
  steps: number,
  denoise: Denoiser,
  noise: Float32Array,
  noiseSource: NoiseSource,
  rows: number,
): Promise<Float32Array> {
  const input = { denoise, noise, sigma: geometricSigma, times: levelTimes(steps) };
  if (sampler === "langevin") return langevin(input, noiseSource);
  if (sampler === "predictor-corrector") return predictorCorrector(input, noiseSource, rows);
  const flow = {
    denoise: (x: Float32Array, sigma: number) => denoise(x, timeOfSigma(sigma)),
    noise: scaledNoise(input),
    times: flowLevels(steps),
  };
  return sampler === "heun" ? heun(flow) : euler(flow);
}

/**
 * Prompts as the model's token ids, [B, textLength]. Words the model was not trained with are unknown words,
 * so that a vocabulary that grew since still serves older weights.
 */
function captionTokens(prompts: readonly string[], card: ModelCard): BigInt64Array {
  const tokens = new BigInt64Array(prompts.length * card.textLength).fill(BigInt(PADDING_ID));
  prompts.forEach((prompt, row) => {
    const ids = tokenize(prompt).slice(0, card.textLength);
    ids.forEach((id, index) => {
      tokens[row * card.textLength + index] = BigInt(id < card.vocabularySize ? id : UNKNOWN_ID);
    });
  });
  return tokens;
}
