import type { Random } from "@/generation/world/random";

/** What a masked-diffusion sampler needs: a network that guesses every word, and how to go about it. */
export interface MaskedInput {
  /** Logits [B,L,V] for partly masked texts [B,L]. */
  predict: (tokens: BigInt64Array) => Promise<Float32Array>;
  /** Words of each text: L. */
  length: number;
  /** Word ids are below this: V. */
  vocabulary: number;
  /** The id that stands for a hidden word. */
  mask: number;
  /** Word ids that are never written. */
  never: readonly number[];
  /** Network calls, 1 to L; in each about L / steps words are committed. */
  steps: number;
  /** 1 draws words as the network weighs them, 0 takes the likeliest. */
  temperature: number;
  /** One source of chance a text: B of them. A text depends on its own alone. */
  randoms: readonly Random[];
}

/**
 * Masked diffusion (Nie et al. 2025, LLaDA; Chang et al. 2022, MaskGIT): begin with masks alone, guess every hidden word at
 * once, commit the guesses the network is surest of, mask the others again, and repeat. The cost grows with the steps, not
 * with the words; the fewer steps, the more words are guessed without knowing each other.
 * @returns word ids [B,L]
 */
export async function maskedDiffusion(input: MaskedInput): Promise<BigInt64Array> {
  const { predict, length, vocabulary, mask, steps, randoms } = input;
  const tokens = new BigInt64Array(randoms.length * length).fill(BigInt(mask));
  for (let step = 1; step <= steps; step += 1) {
    const logits = await predict(tokens);
    const committed = Math.round((length * (step - 1)) / steps);
    const target = Math.round((length * step) / steps);
    randoms.forEach((random, row) => {
      const guesses = [];
      for (let at = row * length; at < (row + 1) * length; at += 1) {
        if (tokens[at] !== BigInt(mask)) continue;
        guesses.push({
          at,
          ...guess(logits.subarray(at * vocabulary, (at + 1) * vocabulary), input, random),
        });
      }
      // Array.sort is stable: among equally sure guesses the earlier word is committed.
      guesses.sort((a, b) => b.confidence - a.confidence);
      for (const { at, word } of guesses.slice(0, target - committed)) tokens[at] = BigInt(word);
    });
  }
  return tokens;
}

/** A word for one place, and the probability the network itself gives it. */
function guess(
  logits: Float32Array,
  { never, temperature }: MaskedInput,
  random: Random,
): { word: number; confidence: number } {
  const most = logits.reduce(
    (best, value, word) => (never.includes(word) ? best : Math.max(best, value)),
    -Infinity,
  );
  const weigh = (scale: number) =>
    Array.from(logits, (value, word) => (never.includes(word) ? 0 : Math.exp((value - most) / scale)));
  const weights = weigh(1);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const words = weights.map((_, index) => index);
  const word =
    temperature === 0
      ? weights.indexOf(Math.max(...weights))
      : random.pick(words, temperature === 1 ? weights : weigh(temperature));
  return { word, confidence: weights[word] / total };
}
