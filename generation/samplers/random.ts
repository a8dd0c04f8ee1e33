import { seededRandom } from "@/generation/world/random";

/**
 * A seeded stream of standard normal numbers (Box and Muller 1958 over sfc32).
 * `seed` is an integer in [0, 2^53); streams of one seed are independent. The numbers depend on nothing else.
 */
export function gaussianStream(seed: number, stream = 0): () => number {
  const random = seededRandom(seed, stream);
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    // 1 - u is in (0, 1], so that the logarithm is finite.
    const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
    const angle = 2 * Math.PI * random.next();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

/**
 * The noise of a batch: row i of every call comes from a stream of `seeds[i]` alone, `size` numbers a row.
 * So an image's noise, the first and each later one, is the same whatever it is batched with.
 */
export function batchNoise(seeds: readonly number[], size: number, stream = 0): () => Float32Array {
  const streams = seeds.map((seed) => gaussianStream(seed, stream));
  return () => {
    const noise = new Float32Array(streams.length * size);
    streams.forEach((next, row) => {
      for (let index = 0; index < size; index += 1) noise[row * size + index] = next();
    });
    return noise;
  };
}

/**
 * The noise of frames of one clip, row k of every call that of frame `frames[k]`: sqrt(share) common + sqrt(1 - share) own, which
 * again has variance 1. What is common comes from the seed's first stream, a frame's own from one of its own; so a frame's noise is the
 * same whatever others it is drawn with.
 * @param share of the variance that all frames have in common, in [0, 1]
 */
export function sharedNoise(
  seed: number,
  { frames, share, size }: { frames: readonly number[]; share: number; size: number },
): () => Float32Array {
  const common = gaussianStream(seed);
  const own = frames.map((frame) => gaussianStream(seed, frame + 1));
  const [commonPart, ownPart] = [Math.sqrt(share), Math.sqrt(1 - share)];
  return () => {
    const noise = new Float32Array(frames.length * size);
    const shared = Float64Array.from({ length: size }, common);
    own.forEach((next, row) => {
      for (let index = 0; index < size; index += 1)
        noise[row * size + index] = commonPart * shared[index] + ownPart * next();
    });
    return noise;
  };
}
