import type { FlowInput } from "./euler";

/**
 * Heun's method on dx/dt = v(x, t): an Euler step, then again with the mean of both ends' velocities.
 * Second order; two denoiser calls a step but the last, which is Euler's, as in Karras et al. 2022 (algorithm 1):
 * a denoiser never trained at t = 1 is never asked there, and one such step keeps the second order.
 * Leaves `noise` as it was.
 */
export async function heun({ denoise, noise, times }: FlowInput): Promise<Float32Array> {
  const x = Float32Array.from(noise);
  const ahead = new Float32Array(x.length);
  const last = times.length - 2;
  for (let step = 0; step <= last; step += 1) {
    const h = times[step + 1] - times[step];
    const velocity = await denoise(x, times[step]);
    if (step === last) {
      for (let index = 0; index < x.length; index += 1) x[index] += h * velocity[index];
      break;
    }
    for (let index = 0; index < x.length; index += 1) ahead[index] = x[index] + h * velocity[index];
    const corrected = await denoise(ahead, times[step + 1]);
    for (let index = 0; index < x.length; index += 1) {
      x[index] += (h / 2) * (velocity[index] + corrected[index]);
    }
  }
  return x;
}
