/** Entries of a site's list, and letters of one. */
export const LIST_LIMITS = { entries: 1_000, letters: 100 };

/**
 * The first entry of a list that a prompt contains; null: none. An entry is a word or several; `*` stands for any letters within
 * a word. Case, accents, letter forms (full width) and what stands between words do not matter; only whole words count.
 */
export function findBlocked(prompt: string, list: readonly string[]): string | null {
  const words = plain(prompt).split(" ");
  return list.find((entry) => contains(words, plain(entry).split(" "))) ?? null;
}

/** Lower case without accents, letters, digits and stars alone, with one space between words. */
const plain = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{Mark}|\p{Default_Ignorable_Code_Point}/gu, "")
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}*]+/gu, " ")
    .trim();

function contains(words: readonly string[], entry: readonly string[]): boolean {
  if (entry.every((word) => word === "" || /^\*+$/.test(word))) return false;
  return words.some((_, at) => entry.every((word, ahead) => matches(words[at + ahead] ?? "", word)));
}

/** Whether a word is what an entry's word says: part for part from the left, so in linear time, whatever it says. */
function matches(word: string, entry: string): boolean {
  const parts = entry.split("*");
  if (parts.length === 1) return word === entry;
  const [first, last] = [parts[0], parts[parts.length - 1]];
  if (word.length < first.length + last.length || !word.startsWith(first) || !word.endsWith(last))
    return false;
  const end = word.length - last.length;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = word.indexOf(part, at);
    if (found === -1 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
