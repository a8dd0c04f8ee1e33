import type { Denoiser } from "./denoiser";

/** What a flow sampler needs: the velocity field, noise [B,C,H,W] and rising times (schedules.ts). */
export interface FlowInput {
  denoise: Denoiser;
  noise: Float32Array;
  times: readonly number[];
}

/**
 * Euler's method on dx/dt = v(x, t), from noise at t = 0 to data at t = 1 (Lipman et al. 2023; Liu et al. 2023).
 * First order; one denoiser call a step. Leaves `noise` as it was.
 */
export async function euler({ denoise, noise, times }: FlowInput): Promise<Float32Array> {
  const x = Float32Array.from(noise);
  for (let step = 0; step + 1 < times.length; step += 1) {
    const velocity = await denoise(x, times[step]);
    const h = times[step + 1] - times[step];
    for (let index = 0; index < x.length; index += 1) x[index] += h * velocity[index];
  }
  return x;
}
