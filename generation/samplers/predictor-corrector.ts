import type { NoiseSource } from "./denoiser";
import { removeNoise, scaledNoise, type ScoreInput } from "./score-input";

/** The corrector's signal-to-noise ratio, as the paper's image models use it. */
const SIGNAL_TO_NOISE = 0.16;

/**
 * Predictor-corrector sampling of a variance-exploding model (Song et al. 2021, algorithm 2): a step of the reverse
 * diffusion x += (s^2 - s'^2) score + sqrt(s^2 - s'^2) fresh to the next level s', then one Langevin step there whose size
 * follows from the ratio of the norms of noise and score, each row's own, so that no image depends on its batch.
 * The last level's noise is taken off at the end. Two denoiser calls a step but the last, which has one.
 *
 * @param rows images in the batch
 */
export async function predictorCorrector(
  input: ScoreInput,
  moreNoise: NoiseSource,
  rows: number,
): Promise<Float32Array> {
  const { denoise, sigma, times } = input;
  const x = scaledNoise(input);
  const size = x.length / rows;
  for (let step = 0; step + 1 < times.length; step += 1) {
    const [here, next] = [sigma(times[step]), sigma(times[step + 1])];
    const variance = here * here - next * next;
    const predicted = await denoise(x, times[step]);
    const fresh = moreNoise();
    for (let index = 0; index < x.length; index += 1) {
      x[index] += (-variance / here) * predicted[index] + Math.sqrt(variance) * fresh[index];
    }
    const output = await denoise(x, times[step + 1]);
    const again = moreNoise();
    for (let row = 0; row < rows; row += 1) {
      const [low, high] = [row * size, (row + 1) * size];
      const ratio = norm(again, low, high) / Math.max(norm(output, low, high), 1e-12);
      const length = 2 * (SIGNAL_TO_NOISE * next * ratio) ** 2;
      for (let index = low; index < high; index += 1) {
        x[index] += (-length / next) * output[index] + Math.sqrt(2 * length) * again[index];
      }
    }
  }
  await removeNoise(input, x, times[times.length - 1]);
  return x;
}

function norm(values: Float32Array, low: number, high: number): number {
  let sum = 0;
  for (let index = low; index < high; index += 1) sum += values[index] * values[index];
  return Math.sqrt(sum);
}
