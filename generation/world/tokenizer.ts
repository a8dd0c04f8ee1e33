import { BACKGROUNDS, COLOURS, OBJECT_KINDS, RELATIONS } from "@/lib/schemas/stack/scene";
import { COUNT_WORDS, noun } from "@/generation/world/caption";

/** Every caption is padded (or cut) to this many tokens. */
export const TEXT_LENGTH = 20;
/** Padding; a caption of nothing but padding is the unconditional one of classifier-free guidance. */
export const PADDING_ID = 0;
/** Any word the vocabulary does not hold. */
export const UNKNOWN_ID = 1;

const unique = (words: string[]) => [...new Set(words)];

/** The words of the grammar; a word's token id is its index here plus 2. Part of the weights' contract: append only. */
export const WORDS: readonly string[] = unique([
  ...COUNT_WORDS,
  ...COLOURS,
  ...BACKGROUNDS,
  ...OBJECT_KINDS.flatMap((kind) => [...kind.split(" "), ...noun(kind, 2).split(" ")]),
  ...RELATIONS.flatMap((relation) => relation.split(" ")),
  "reading",
  "and",
  "on",
  "background",
]);

/** Number of embedding rows: padding, unknown and the words. */
export const VOCABULARY_SIZE = WORDS.length + 2;

const IDS = new Map(WORDS.map((word, index) => [word, index + 2]));
/** Spellings that mean a word of the vocabulary. */
export const SAME_AS: Record<string, string> = {
  an: "a",
  one: "a",
  the: "a",
  gray: "grey",
  color: "colour",
  night: "dark",
  black: "dark",
  under: "below",
  beneath: "below",
  over: "above",
};

/** Lower-cased words of a prompt; punctuation separates and is dropped. */
export function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** A prompt's words, at most TEXT_LENGTH of them, each with its token id; unknown words have UNKNOWN_ID. */
export function readWords(
  text: string,
  own: ReadonlyMap<string, number> = new Map(),
): { word: string; id: number }[] {
  return words(text)
    .slice(0, TEXT_LENGTH)
    .map((word) => ({ word, id: own.get(word) ?? IDS.get(SAME_AS[word] ?? word) ?? UNKNOWN_ID }));
}

/**
 * A prompt as TEXT_LENGTH token ids. Unknown words become UNKNOWN_ID, words past the end are dropped.
 * @param own words beyond the vocabulary that one model knows, with their ids
 */
export function tokenize(text: string, own: ReadonlyMap<string, number> = new Map()): number[] {
  const ids = readWords(text, own).map(({ id }) => id);
  return [...ids, ...new Array<number>(TEXT_LENGTH - ids.length).fill(PADDING_ID)];
}
