import { captionFromTruth, COUNT_WORDS, parseCaption } from "@/generation/world/caption";
import { PADDING_ID, WORDS } from "@/generation/world/tokenizer";

/** After these no new phrase of a list can begin. */
const JOINING: ReadonlySet<string> = new Set(["of", "above", "below", "with", "reading", "and", "on"]);
const COUNTS: ReadonlySet<string> = new Set(COUNT_WORDS);

/**
 * A caption's word ids as text: the tokenizer's inverse. Token ids hold neither commas nor "an"; where the words are of the grammar
 * both are put back, and where they are not the words are given as they stand. What follows the first padding is dropped.
 */
export function spell(ids: readonly number[]): string {
  const end = ids.indexOf(PADDING_ID);
  const words = (end < 0 ? ids : ids.slice(0, end)).map((id) => WORDS[id - 2] ?? "?");
  const listed = words.map((word, at) =>
    at > 0 && COUNTS.has(word) && !JOINING.has(words[at - 1]) ? `, ${word}` : ` ${word}`,
  );
  const truth = parseCaption(listed.join(""));
  return truth ? captionFromTruth(truth, words.includes("reading")) : words.join(" ");
}
