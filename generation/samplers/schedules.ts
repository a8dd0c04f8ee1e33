/**
 * Times at which a flow sampler stands, `steps + 1` of them from 0 (noise) to 1 (data).
 * `shift` > 1 spends more of the steps near the noise, as higher resolutions want: with noise level s = 1 - t,
 * s' = shift s / (1 + (shift - 1) s) (Esser et al. 2024, eq. 23). 1 spaces them evenly.
 */
export function flowTimes(steps: number, shift = 1): number[] {
  return Array.from({ length: steps + 1 }, (_, index) => {
    const level = 1 - index / steps;
    return 1 - (shift * level) / (1 + (shift - 1) * level);
  });
}

/**
 * Times at which a diffusion sampler stands, `steps + 1` of them from 1 (noise) to 0 (data), evenly spaced.
 * It starts at the very end of the schedule, where a sample is noise alone (Lin et al. 2024, "trailing").
 */
export function diffusionTimes(steps: number): number[] {
  return Array.from({ length: steps + 1 }, (_, index) => 1 - index / steps);
}

/** The share of signal variance at time t in [0, 1]: x_t = sqrt(alphaBar) x_0 + sqrt(1 - alphaBar) noise. */
export type AlphaBar = (t: number) => number;

/** Keeps 1 / sqrt(alphaBar) finite at t = 1, where the cosine itself is 0. The models were trained with this floor. */
const SMALLEST_ALPHA_BAR = 1e-5;
const COSINE_OFFSET = 0.008;

/** The cosine schedule (Nichol and Dhariwal 2021, eq. 17) with s = 0.008, clipped to [1e-5, 1]. */
export const cosineAlphaBar: AlphaBar = (t) => {
  const curve = (time: number) =>
    Math.cos((((time + COSINE_OFFSET) / (1 + COSINE_OFFSET)) * Math.PI) / 2) ** 2;
  return Math.min(1, Math.max(SMALLEST_ALPHA_BAR, curve(t) / curve(0)));
};

/** The standard deviation of the noise at time t in [0, 1] of a variance-exploding model: x_t = x_0 + sigma noise. */
export type NoiseLevel = (t: number) => number;

/** From barely visible to far beyond the spread of 64x64 images in [-1, 1]. The models were trained with these. */
const [SMALLEST_SIGMA, LARGEST_SIGMA] = [0.01, 50];

/** The geometric schedule of variance-exploding models (Song et al. 2021, eq. 9): sigma(0) = 0.01, sigma(1) = 50. */
export const geometricSigma: NoiseLevel = (t) => SMALLEST_SIGMA * (LARGEST_SIGMA / SMALLEST_SIGMA) ** t;

/** The time at which {@link geometricSigma} has a level; below the smallest, 0. */
export const timeOfSigma = (sigma: number): number =>
  sigma <= SMALLEST_SIGMA ? 0 : Math.log(sigma / SMALLEST_SIGMA) / Math.log(LARGEST_SIGMA / SMALLEST_SIGMA);

/** Times of `count` noise levels in geometric progression, from the largest (t = 1) to the smallest (t = 0). */
export function levelTimes(count: number): number[] {
  return Array.from({ length: count }, (_, index) => (count === 1 ? 1 : 1 - index / (count - 1)));
}

/**
 * Noise levels at which a solver of the probability flow stands, `steps + 1` of them falling from the largest to 0,
 * crowded towards the small ones (Karras et al. 2022, eq. 5, rho = 7).
 */
export function flowLevels(steps: number, rho = 7): number[] {
  const [high, low] = [LARGEST_SIGMA ** (1 / rho), SMALLEST_SIGMA ** (1 / rho)];
  const levels = Array.from({ length: steps }, (_, index) =>
    steps === 1 ? LARGEST_SIGMA : (high + (index / (steps - 1)) * (low - high)) ** rho,
  );
  return [...levels, 0];
}
