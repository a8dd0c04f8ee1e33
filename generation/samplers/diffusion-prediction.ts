import type { AlphaBar } from "./schedules";
import type { Denoiser } from "./denoiser";

/** What a diffusion network was trained to say: the noise, or v = sqrt(ab) noise - sqrt(1 - ab) x_0 (Salimans and Ho 2022). */
export type DiffusionPrediction = "eps" | "v";

/** What a diffusion sampler needs: the network, noise [B,C,H,W], falling times, and how to read the network. */
export interface DiffusionInput {
  denoise: Denoiser;
  prediction: DiffusionPrediction;
  alphaBar: AlphaBar;
  noise: Float32Array;
  times: readonly number[];
  /** Clamp the estimate of x_0 to [-1, 1] at every step: right for pixels, wrong for latents. */
  clipData: boolean;
}

/** One element's estimate of its clean value, from x_t, the network's answer and alphaBar(t). */
export function dataEstimate(
  prediction: DiffusionPrediction,
  x: number,
  output: number,
  alphaBar: number,
  clip: boolean,
): number {
  const signal = Math.sqrt(alphaBar);
  const noise = Math.sqrt(1 - alphaBar);
  const data = prediction === "eps" ? (x - noise * output) / signal : signal * x - noise * output;
  return clip ? Math.min(1, Math.max(-1, data)) : data;
}
