import { SAME_AS as SAME_IN_CAPTIONS, WORDS, words } from "@/generation/world/tokenizer";

/** The mini judge's vocabulary: a question, the answer mark, an answer, the end. */

/** Question, mark, answer and end together are padded to this many tokens. */
export const QUESTION_LENGTH = 32;
export const PADDING_ID = 0;
/** Any word the vocabulary does not hold. */
export const UNKNOWN_ID = 1;
/** Stands between a question and its answer. */
export const ANSWER_ID = 2;
/** Stands after an answer. */
export const END_ID = 3;
const FIRST_WORD = 4;

/** The words of questions and answers; a word's token id is its index here plus 4. Part of the weights' contract: append only. */
export const QUESTION_WORDS: readonly string[] = [
  ...WORDS,
  ...["is", "are", "there", "what", "colour", "how", "many", "things", "does", "do", "you", "see", "this"],
  ...["picture", "show", "in", "it", "well", "drawn", "writing", "any"],
  ...["yes", "no", "none", "one", "i", "can't", "tell"],
];

/** Number of embedding rows. */
export const QUESTION_VOCABULARY_SIZE = QUESTION_WORDS.length + FIRST_WORD;

/** What the network says to a question outside its world. */
export const CANNOT_TELL = "i can't tell";

const IDS = new Map(QUESTION_WORDS.map((word, index) => [word, index + FIRST_WORD]));
/** Spellings that mean a word of the vocabulary. */
const SAME_AS: Record<string, string> = {
  ...SAME_IN_CAPTIONS,
  image: "picture",
  photo: "picture",
  figure: "picture",
  drawing: "picture",
  scene: "picture",
  objects: "things",
  items: "things",
  text: "writing",
  letters: "writing",
  words: "writing",
};

const idOf = (word: string) => IDS.get(word) ?? UNKNOWN_ID;

/** A question's token ids and the answer mark. Unknown words become UNKNOWN_ID. */
export function questionTokens(text: string): number[] {
  return [...words(text).map((word) => idOf(SAME_AS[word] ?? word)), ANSWER_ID];
}

/** An answer's token ids and the end. */
export function answerTokens(text: string): number[] {
  return [...text.split(" ").map(idOf), END_ID];
}

/** The word of a token id; null for marks. */
export function wordOf(id: number): string | null {
  return QUESTION_WORDS[id - FIRST_WORD] ?? null;
}
