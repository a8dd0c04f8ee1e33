import type { NoiseSource } from "./denoiser";
import type { FlowInput } from "./euler";

/**
 * Multistep consistency sampling (Song et al. 2023, algorithm 1; the LCM sampler of Luo et al. 2023) on a flow: each step takes
 * the network's estimate of the data, x + (1 - t) v, and noises it anew to the next level.
 *
 * Made for consistency models, it also serves a flow, for it forgets its mistakes: a step looks only at the last estimate, so two
 * things begun as the same one can part again while there is noise left, which a deterministic walk rarely does. In theory the
 * price is variety: an estimate is an average, and what it averaged away does not come back.
 * `moreNoise` is called once a step but the last. Leaves `noise` as it was.
 */
export async function lcm(
  { denoise, noise, times }: FlowInput,
  moreNoise: NoiseSource,
): Promise<Float32Array> {
  const x = Float32Array.from(noise);
  for (let step = 0; step + 1 < times.length; step += 1) {
    const [here, next] = [times[step], times[step + 1]];
    const velocity = await denoise(x, here);
    const fresh = next < 1 ? moreNoise() : undefined;
    for (let index = 0; index < x.length; index += 1) {
      const data = x[index] + (1 - here) * velocity[index];
      x[index] = next * data + (fresh ? (1 - next) * fresh[index] : 0);
    }
  }
  return x;
}
