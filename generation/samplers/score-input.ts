import type { Denoiser } from "./denoiser";
import type { NoiseLevel } from "./schedules";

/**
 * What a sampler of a variance-exploding score model needs: x_t = data + sigma(t) noise, and a network that says the
 * noise, so that the score grad log q(x_t) is -answer / sigma(t) (Song et al. 2021).
 */
export interface ScoreInput {
  denoise: Denoiser;
  sigma: NoiseLevel;
  /** Unit normal [B,C,H,W]; the samplers scale it. */
  noise: Float32Array;
  /** Falling times in [0, 1], the first being where sampling starts. */
  times: readonly number[];
}

/** The start of every walk: noise at the first time's level. */
export function scaledNoise({ noise, sigma, times }: ScoreInput): Float32Array {
  const level = sigma(times[0]);
  return noise.map((value) => level * value);
}

/** What is left when a network's noise is taken off `x` in place: the estimate of the data. */
export async function removeNoise({ denoise, sigma }: ScoreInput, x: Float32Array, t: number): Promise<void> {
  const output = await denoise(x, t);
  const level = sigma(t);
  for (let index = 0; index < x.length; index += 1) x[index] -= level * output[index];
}
