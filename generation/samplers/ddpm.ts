import type { NoiseSource } from "./denoiser";
import { dataEstimate, type DiffusionInput } from "./diffusion-prediction";

/**
 * Ancestral sampling (Ho, Jain and Abbeel 2020, algorithm 2), over any falling times: each step draws from the
 * posterior q(x_s | x_t, x_0) at the estimate of x_0, with the posterior's own variance (their eqs. 6 and 7).
 * `moreNoise` is called once a step but the last, which has no variance. Leaves `noise` as it was.
 */
export async function ddpm(input: DiffusionInput, moreNoise: NoiseSource): Promise<Float32Array> {
  const { denoise, prediction, alphaBar, times, clipData } = input;
  const x = Float32Array.from(input.noise);
  for (let step = 0; step + 1 < times.length; step += 1) {
    const output = await denoise(x, times[step]);
    const here = alphaBar(times[step]);
    const next = alphaBar(times[step + 1]);
    const ratio = here / next;
    const fromData = (Math.sqrt(next) * (1 - ratio)) / (1 - here);
    const fromSample = (Math.sqrt(ratio) * (1 - next)) / (1 - here);
    const deviation = Math.sqrt(((1 - next) / (1 - here)) * (1 - ratio));
    const fresh = deviation > 0 ? moreNoise() : undefined;
    for (let index = 0; index < x.length; index += 1) {
      const data = dataEstimate(prediction, x[index], output[index], here, clipData);
      x[index] = fromData * data + fromSample * x[index] + (fresh ? deviation * fresh[index] : 0);
    }
  }
  return x;
}
