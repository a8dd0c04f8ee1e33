import type { LoadedEnhancer } from "@/generation/model-library";
import { maskedDiffusion } from "@/generation/samplers/masked-diffusion";
import { seededRandom } from "@/generation/world/random";
import { spell } from "@/generation/world/spell";
import { PADDING_ID, tokenize, UNKNOWN_ID } from "@/generation/world/tokenizer";

/** How prompts are enhanced: the same for all of a batch. */
export interface EnhancerSettings {
  steps: number;
  /** 0 takes the likeliest words, 1 draws them as the network weighs them. */
  temperature: number;
}

/** A full caption in the place of a terse prompt. */
export interface EnhancedPrompt {
  text: string;
  /** Words written. */
  words: number;
}

/** A stream apart from the one that the same seed's image begins with. */
const STREAM = 1;

/**
 * Put full captions in the place of terse prompts. A caption depends on its own prompt and seed, the network and the settings,
 * never on the rest of the batch.
 * @throws the signal's reason, between two network calls, once it is aborted
 */
export async function enhancePrompts(
  { card, predict }: LoadedEnhancer,
  { steps, temperature }: EnhancerSettings,
  tasks: readonly { prompt: string; seed: number }[],
  signal: AbortSignal,
): Promise<EnhancedPrompt[]> {
  const { textLength: length, vocabularySize: vocabulary } = card;
  const prompts = new BigInt64Array(tasks.length * length);
  tasks.forEach(({ prompt }, row) => {
    const known = tokenize(prompt).slice(0, length);
    prompts.set(
      known.map((id) => BigInt(id < vocabulary ? id : UNKNOWN_ID)),
      row * length,
    );
  });
  const tokens = await maskedDiffusion({
    predict: (captions) => {
      signal.throwIfAborted();
      return predict(prompts, captions);
    },
    length,
    vocabulary,
    mask: vocabulary,
    never: [UNKNOWN_ID],
    steps,
    temperature,
    randoms: tasks.map(({ seed }) => seededRandom(seed, STREAM)),
  });
  return tasks.map((_, row) => {
    const ids = Array.from(tokens.subarray(row * length, (row + 1) * length), Number);
    const end = ids.indexOf(PADDING_ID);
    return { text: spell(ids), words: end < 0 ? length : end };
  });
}
