import type { Denoiser } from "@/generation/samplers/denoiser";
import type { DiffusionPrediction } from "@/generation/samplers/diffusion-prediction";
import { cosineAlphaBar, geometricSigma } from "@/generation/samplers/schedules";

/** Data N(mean, deviation^2) in every element: the one world whose best denoiser is a formula. */
export interface GaussianWorld {
  mean: number;
  deviation: number;
}

/** E[data - noise | x_t] for x_t = (1 - t) noise + t data. */
export function exactVelocity({ mean, deviation }: GaussianWorld): Denoiser {
  return async (x, t) => {
    const variance = (1 - t) ** 2 + (t * deviation) ** 2;
    const slope = (t * deviation ** 2 - (1 - t)) / variance;
    return x.map((value) => mean + slope * (value - t * mean));
  };
}

/** E[eps | x_t], or the v it makes with E[x_0 | x_t], under the cosine schedule. */
export function exactDiffusion(
  { mean, deviation }: GaussianWorld,
  prediction: DiffusionPrediction,
): Denoiser {
  return async (x, t) => {
    const alphaBar = cosineAlphaBar(t);
    const [signal, noise] = [Math.sqrt(alphaBar), Math.sqrt(1 - alphaBar)];
    const variance = (signal * deviation) ** 2 + noise ** 2;
    return x.map((value) => {
      const residual = value - signal * mean;
      const eps = (noise / variance) * residual;
      const data = mean + ((signal * deviation ** 2) / variance) * residual;
      return prediction === "eps" ? eps : signal * eps - noise * data;
    });
  };
}

/** E[noise | x_t] for x_t = data + sigma(t) noise, sigma geometric. */
export function exactScore({ mean, deviation }: GaussianWorld): Denoiser {
  return async (x, t) => {
    const sigma = geometricSigma(t);
    const slope = sigma / (deviation ** 2 + sigma ** 2);
    return x.map((value) => slope * (value - mean));
  };
}

export function moments(values: Float32Array): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, variance };
}

/** The greatest absolute difference of two arrays of one length. */
export function distance(a: Float32Array, b: Float32Array): number {
  return a.reduce((largest, value, index) => Math.max(largest, Math.abs(value - b[index])), 0);
}
