/** Samples of one prompt never share a seed with those of another. */
const STRIDE = 1_000;

/**
 * The seed a sample is asked for: decided by its place alone, so every model draws a prompt from the same seed and
 * a repeated run repeats its images.
 */
export function sampleSeed(promptIndex: number, sampleIndex: number): number {
  return 1 + promptIndex * STRIDE + sampleIndex;
}
