/**
 * A network seen from a sampler: what it predicts for a batch of noisy samples that are all at time `t`.
 * `x` and the answer are row-major [B,C,H,W]; `t` is in [0, 1], and its direction is the family's (schedules.ts).
 * A sampler may overwrite `x` after the call, and the answer must be fresh.
 */
export type Denoiser = (x: Float32Array, t: number) => Promise<Float32Array>;

/** A denoiser that still takes its captions: token ids [B,L], 0 is padding, a row of zeros is no caption. */
export type ConditionalDenoiser = (
  x: Float32Array,
  t: number,
  tokens: BigInt64Array,
) => Promise<Float32Array>;

/** Fresh standard normal numbers for the whole batch, row-major [B,C,H,W], at each call. */
export type NoiseSource = () => Float32Array;
