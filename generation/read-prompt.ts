import type { ModelCard } from "@/generation/model-card";
import { readWords, UNKNOWN_ID, words } from "@/generation/world/tokenizer";

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
  const read = readWords(prompt, own)
    .slice(0, textLength)
    .map(({ word, id }) => ({ word, id: id < vocabularySize || known.has(id) ? id : UNKNOWN_ID }));
  return {
    tokens: read.map(({ id }) => id),
    unknown: [...new Set(read.flatMap(({ word, id }) => (id === UNKNOWN_ID ? [word] : [])))],
    unread: words(prompt).length - read.length,
  };
}
