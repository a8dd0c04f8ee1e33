import type { ModelCard, SamplerName } from "@/generation/model-card";
import { ddim } from "@/generation/samplers/ddim";
import { ddpm } from "@/generation/samplers/ddpm";
import type { Denoiser, NoiseSource } from "@/generation/samplers/denoiser";
import { euler } from "@/generation/samplers/euler";
import { heun } from "@/generation/samplers/heun";
import { lcm } from "@/generation/samplers/lcm";
import { langevin } from "@/generation/samplers/langevin";
import { predictorCorrector } from "@/generation/samplers/predictor-corrector";
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

/**
 * Walk from noise to data as the card's family does.
 * @param noiseSource the first noise and every later one, each [rows, ...card.sampleShape]
 * @returns samples [rows, ...card.sampleShape]
 */
export function sample(
  card: Pick<ModelCard, "family" | "prediction" | "decoder" | "sampler">,
  { sampler, steps }: { sampler: SamplerName; steps: number },
  denoise: Denoiser,
  noiseSource: NoiseSource,
  rows: number,
): Promise<Float32Array> {
  const noise = noiseSource();
  if (card.family === "score") return sampleScore(sampler, steps, denoise, noise, noiseSource, rows);
  if (card.prediction === "velocity") {
    const input = { denoise, noise, times: flowTimes(steps, card.sampler.shift) };
    if (sampler === "lcm") return lcm(input, noiseSource);
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
