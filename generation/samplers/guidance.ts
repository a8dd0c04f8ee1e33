import type { ConditionalDenoiser, Denoiser } from "./denoiser";

/**
 * Classifier-free guidance (Ho and Salimans 2021): without + scale * (with - without), where "with" is the
 * prediction under the captions `tokens` [B,L] and "without" under none. Both come from ONE call of batch 2B,
 * captioned rows first. At scale 1 it is the captioned prediction itself, asked for alone.
 */
export function classifierFreeGuidance(
  denoise: ConditionalDenoiser,
  tokens: BigInt64Array,
  scale: number,
): Denoiser {
  if (scale === 1) return (x, t) => denoise(x, t, tokens);
  const bothTokens = new BigInt64Array(tokens.length * 2);
  bothTokens.set(tokens);
  return async (x, t) => {
    const both = new Float32Array(x.length * 2);
    both.set(x);
    both.set(x, x.length);
    const predicted = await denoise(both, t, bothTokens);
    const guided = new Float32Array(x.length);
    for (let index = 0; index < x.length; index += 1) {
      const without = predicted[x.length + index];
      guided[index] = without + scale * (predicted[index] - without);
    }
    return guided;
  };
}
