import { MOTIONS } from "@/lib/schemas/stack/clip";
import {
  PADDING_ID,
  SAME_AS as SAME_IN_CAPTIONS,
  UNKNOWN_ID,
  WORDS,
  words,
} from "@/generation/world/tokenizer";

/** Every caption of a clip is padded (or cut) to this many tokens. */
export const CLIP_TEXT_LENGTH = 24;

/** The image models' words, then those of motion: the ids of the former are the same. Append only. */
export const CLIP_WORDS: readonly string[] = [
  ...new Set([...WORDS, ...MOTIONS.flatMap((motion) => motion.split(" "))]),
];

/** Number of embedding rows: padding, unknown and the words. */
export const CLIP_VOCABULARY_SIZE = CLIP_WORDS.length + 2;

/** Spellings that mean a motion's word. */
const SAME_AS: Record<string, string> = {
  ...SAME_IN_CAPTIONS,
  move: "moves",
  moving: "moves",
  spin: "spins",
  spinning: "spins",
  turns: "spins",
  grow: "grows",
  growing: "grows",
  shrink: "shrinks",
  shrinking: "shrinks",
  bounce: "bounces",
  bouncing: "bounces",
  jumps: "bounces",
};

const IDS = new Map(CLIP_WORDS.map((word, index) => [word, index + 2]));

/** A prompt's words, at most CLIP_TEXT_LENGTH of them, each with its token id; unknown words have UNKNOWN_ID. */
export function readClipWords(text: string): { word: string; id: number }[] {
  return words(text)
    .slice(0, CLIP_TEXT_LENGTH)
    .map((word) => ({ word, id: IDS.get(SAME_AS[word] ?? word) ?? UNKNOWN_ID }));
}

/** A prompt as CLIP_TEXT_LENGTH token ids. Unknown words become UNKNOWN_ID, words past the end are dropped. */
export function tokenizeClipCaption(text: string): number[] {
  const ids = readClipWords(text).map(({ id }) => id);
  return [...ids, ...new Array<number>(CLIP_TEXT_LENGTH - ids.length).fill(PADDING_ID)];
}
