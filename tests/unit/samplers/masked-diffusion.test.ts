import { describe, expect, it } from "vitest";
import { maskedDiffusion, type MaskedInput } from "@/generation/samplers/masked-diffusion";
import { seededRandom } from "@/generation/world/random";

const [LENGTH, VOCABULARY, MASK] = [6, 8, 8];
const TEXT = [3, 1, 4, 1, 5, 2];

/** Logits that give `word` at a place the odds e^sureness to one against each other word. */
function oneWord(logits: Float32Array, at: number, word: number, sureness: number): void {
  logits[at * VOCABULARY + word] = sureness;
}

function run(change: Partial<MaskedInput> & Pick<MaskedInput, "predict">, seeds = [1]) {
  return maskedDiffusion({
    length: LENGTH,
    vocabulary: VOCABULARY,
    mask: MASK,
    never: [],
    steps: 3,
    temperature: 1,
    randoms: seeds.map((seed) => seededRandom(seed)),
    ...change,
  });
}

/** A network that knows the text, and is surer of later words. */
const knows = async (tokens: BigInt64Array) => {
  const logits = new Float32Array(tokens.length * VOCABULARY);
  tokens.forEach((_, at) => oneWord(logits, at, TEXT[at % LENGTH], 20 + (at % LENGTH)));
  return logits;
};

describe("masked diffusion", () => {
  it.each([1, 2, 3, 4, 5, 6])(
    "writes what the network knows in %d calls, some words in each",
    async (steps) => {
      const hidden: number[] = [];
      const tokens = await run({
        steps,
        predict: (asked) => {
          hidden.push(asked.filter((id) => id === BigInt(MASK)).length);
          return knows(asked);
        },
      });
      expect(Array.from(tokens, Number)).toEqual(TEXT);
      expect(hidden).toHaveLength(steps);
      expect(hidden).toEqual(
        Array.from({ length: steps }, (_, step) => LENGTH - Math.round((LENGTH * step) / steps)),
      );
    },
  );

  it("commits the surest words first and masks the others again", async () => {
    const seen: string[] = [];
    await run({
      predict: (tokens) => {
        seen.push(Array.from(tokens, (id) => (id === BigInt(MASK) ? "_" : id)).join(""));
        return knows(tokens);
      },
    });
    expect(seen).toEqual(["______", "____52", "__4152"]);
  });

  it("draws words as the network weighs them, sharper below temperature 1, and the likeliest at 0", async () => {
    const odds = async (tokens: BigInt64Array) => {
      const logits = new Float32Array(tokens.length * VOCABULARY).fill(-30);
      tokens.forEach((_, at) => {
        oneWord(logits, at, 2, Math.log(3));
        oneWord(logits, at, 6, 0);
      });
      return logits;
    };
    const share = async (temperature: number) => {
      const tokens = await run(
        { predict: odds, temperature, steps: 1 },
        Array.from({ length: 500 }, (_, seed) => seed),
      );
      return tokens.filter((id) => id === 2n).length / tokens.length;
    };
    // 3,000 draws each: 4 standard errors are 0.032. 3 to 1, and 3^2 to 1 at half the temperature.
    expect(Math.abs((await share(1)) - 0.75)).toBeLessThan(0.032);
    expect(Math.abs((await share(0.5)) - 0.9)).toBeLessThan(0.032);
    expect(await share(0)).toBe(1);
  });

  it("lets words agree that are guessed in different steps, and cannot where they are guessed in one", async () => {
    // All words of a text are the same, and any word will do for the first.
    const agree = async (tokens: BigInt64Array) => {
      const logits = new Float32Array(tokens.length * VOCABULARY);
      tokens.forEach((_, at) => {
        const row = tokens.subarray(Math.floor(at / LENGTH) * LENGTH, (Math.floor(at / LENGTH) + 1) * LENGTH);
        const known = row.find((id) => id !== BigInt(MASK));
        if (known !== undefined) oneWord(logits, at, Number(known), 30);
      });
      return logits;
    };
    const seeds = Array.from({ length: 200 }, (_, seed) => seed);
    const agreeing = async (steps: number) => {
      const tokens = await run({ predict: agree, steps }, seeds);
      return seeds.filter((_, row) => new Set(tokens.subarray(row * LENGTH, (row + 1) * LENGTH)).size === 1)
        .length;
    };
    expect(await agreeing(LENGTH)).toBe(seeds.length);
    expect(await agreeing(1)).toBeLessThan(5);
  });

  it("never writes a word it may not, however likely", async () => {
    const tokens = await run({ predict: knows, never: [1, 3], temperature: 0 });
    for (const id of tokens) expect([1n, 3n]).not.toContain(id);
    const drawn = await run({ predict: knows, never: [1, 3] });
    for (const id of drawn) expect([1n, 3n, BigInt(MASK)]).not.toContain(id);
  });

  it("writes a text from its own seed, whatever it is batched with", async () => {
    const even = async (tokens: BigInt64Array) => new Float32Array(tokens.length * VOCABULARY);
    const together = await run({ predict: even }, [5, 6, 7]);
    const alone = await run({ predict: even }, [6]);
    expect(together.subarray(LENGTH, 2 * LENGTH)).toEqual(alone);
    expect(await run({ predict: even }, [7])).not.toEqual(alone);
  });
});
