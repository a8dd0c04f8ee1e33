/** A seeded stream of random numbers. Integer arithmetic only, so the same on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** One item, by weight where weights are given (same length as items, non-negative). */
  pick<T>(items: readonly T[], weights?: readonly number[]): T;
  /** `count` distinct items, by weight where weights are given. */
  pickDistinct<T>(items: readonly T[], count: number, weights?: readonly number[]): T[];
}

/** sfc32 (Chris Doty-Humphrey, PractRand), seeded by an integer and a stream number; streams of one seed are independent. */
export function seededRandom(seed: number, stream = 0): Random {
  let a = seed | 0;
  let b = Math.floor(seed / 2 ** 32) | 0;
  let c = stream | 0;
  let counter = 1;
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 2 ** 32;
  };
  // The generator needs some rounds before nearby seeds look unrelated (12 in PractRand's own seeding).
  for (let round = 0; round < 15; round += 1) next();

  const pickIndex = (weights: readonly number[]) => {
    let rest = next() * weights.reduce((sum, weight) => sum + weight, 0);
    for (let index = 0; index < weights.length; index += 1) {
      rest -= weights[index];
      if (rest < 0) return index;
    }
    return weights.length - 1;
  };
  const evenly = (count: number) => new Array<number>(count).fill(1);
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    chance: (probability) => next() < probability,
    pick: (items, weights) => items[pickIndex(weights ?? evenly(items.length))],
    pickDistinct: (items, count, weights) => {
      const left = [...(weights ?? evenly(items.length))];
      return Array.from({ length: count }, () => {
        const index = pickIndex(left);
        left[index] = 0;
        return items[index];
      });
    },
  };
}
