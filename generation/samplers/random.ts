import { seededRandom } from "@/generation/world/random";

/**
 * A seeded stream of standard normal numbers (Box and Muller 1958 over sfc32).
 * `seed` is an integer in [0, 2^53). The stream depends on nothing else.
 */
export function gaussianStream(seed: number): () => number {
  const random = seededRandom(seed);
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
 * The noise of a batch: row i of every call comes from the stream of `seeds[i]` alone, `size` numbers a row.
 * So an image's noise, the first and each later one, is the same whatever it is batched with.
 */
export function batchNoise(seeds: readonly number[], size: number): () => Float32Array {
  const streams = seeds.map(gaussianStream);
  return () => {
    const noise = new Float32Array(streams.length * size);
    streams.forEach((next, row) => {
      for (let index = 0; index < size; index += 1) noise[row * size + index] = next();
    });
    return noise;
  };
}
