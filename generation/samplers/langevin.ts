import type { NoiseSource } from "./denoiser";
import { removeNoise, scaledNoise, type ScoreInput } from "./score-input";

/** Langevin steps at each noise level. */
export const LANGEVIN_REPEATS = 4;
/** Step size as a share of the level's variance: at 0.3 the walk's own variance is 8% too large, and is removed at the end. */
const STEP_SHARE = 0.3;

/**
 * Annealed Langevin dynamics (Song and Ermon 2019, algorithm 1): at each noise level a few steps
 * x += (a / 2) score + sqrt(a) fresh, with a in proportion to the level's variance, then on to the next smaller level.
 * The noise of the last level is taken off at the end (Jolicoeur-Martineau et al. 2021). `times` are the levels;
 * LANGEVIN_REPEATS denoiser calls each, and one more.
 */
export async function langevin(input: ScoreInput, moreNoise: NoiseSource): Promise<Float32Array> {
  const { denoise, sigma, times } = input;
  const x = scaledNoise(input);
  for (const t of times) {
    const level = sigma(t);
    const share = STEP_SHARE * level * level;
    for (let repeat = 0; repeat < LANGEVIN_REPEATS; repeat += 1) {
      const output = await denoise(x, t);
      const fresh = moreNoise();
      for (let index = 0; index < x.length; index += 1) {
        x[index] += (-share / 2 / level) * output[index] + Math.sqrt(share) * fresh[index];
      }
    }
  }
  await removeNoise(input, x, times[times.length - 1]);
  return x;
}
