import type { ModelCard } from "@/generation/model-card";
import { readClipWords } from "@/generation/world/motion/clip-tokenizer";
import { PADDING_ID, readWords, UNKNOWN_ID, words } from "@/generation/world/tokenizer";

/** What a model makes of a prompt. */
export interface ReadPrompt {
  /** Token ids, at most the card's textLength. */
  tokens: number[];
  /** Words that it reads as "unknown", each once. */
  unknown: string[];
  /** How many words at the end it does not read at all. */
  unread: number;
}

/**
 * Words the model was not trained with are unknown words, so that a vocabulary that grew since still serves older weights. An
 * adapter knows its own words besides.
 */
export function readPrompt(
  prompt: string,
  { textLength, vocabularySize, adapter }: Pick<ModelCard, "textLength" | "vocabularySize" | "adapter">,
): ReadPrompt {
  const own = new Map(Object.entries(adapter?.words ?? {}));
  const known = new Set(own.values());
  return reading(prompt, readWords(prompt, own), {
    textLength,
    knows: (id) => id < vocabularySize || known.has(id),
  });
}

/** What a model of clips makes of a prompt: it knows words of motion besides. */
export function readClipPrompt(
  prompt: string,
  { textLength, vocabularySize }: Pick<ModelCard, "textLength" | "vocabularySize">,
): ReadPrompt {
  return reading(prompt, readClipWords(prompt), { textLength, knows: (id) => id < vocabularySize });
}

function reading(
  prompt: string,
  spelled: { word: string; id: number }[],
  { textLength, knows }: { textLength: number; knows: (id: number) => boolean },
): ReadPrompt {
  const read = spelled
    .slice(0, textLength)
    .map(({ word, id }) => ({ word, id: knows(id) ? id : UNKNOWN_ID }));
  return {
    tokens: read.map(({ id }) => id),
    unknown: [...new Set(read.flatMap(({ word, id }) => (id === UNKNOWN_ID ? [word] : [])))],
    unread: words(prompt).length - read.length,
  };
}

/** Prompts that were read as a network's token ids, [B, textLength]. */
export function captionTokens(prompts: readonly ReadPrompt[], textLength: number): BigInt64Array {
  const tokens = new BigInt64Array(prompts.length * textLength).fill(BigInt(PADDING_ID));
  prompts.forEach((prompt, row) =>
    prompt.tokens.forEach((token, index) => {
      tokens[row * textLength + index] = BigInt(token);
    }),
  );
  return tokens;
}
