import { dataEstimate, type DiffusionInput } from "./diffusion-prediction";

/**
 * DDIM (Song, Meng and Ermon 2021, eq. 12 with sigma = 0): the deterministic sampler of a diffusion model.
 * Each step estimates x_0, takes the noise that goes with it, and mixes both again at the next time's level.
 * First order; one denoiser call a step. Leaves `noise` as it was.
 */
export async function ddim(input: DiffusionInput): Promise<Float32Array> {
  const { denoise, prediction, alphaBar, times, clipData } = input;
  const x = Float32Array.from(input.noise);
  for (let step = 0; step + 1 < times.length; step += 1) {
    const output = await denoise(x, times[step]);
    const here = alphaBar(times[step]);
    const next = alphaBar(times[step + 1]);
    const [signalHere, noiseHere] = [Math.sqrt(here), Math.sqrt(1 - here)];
    const [signalNext, noiseNext] = [Math.sqrt(next), Math.sqrt(1 - next)];
    for (let index = 0; index < x.length; index += 1) {
      const data = dataEstimate(prediction, x[index], output[index], here, clipData);
      const eps = (x[index] - signalHere * data) / noiseHere;
      x[index] = signalNext * data + noiseNext * eps;
    }
  }
  return x;
}
