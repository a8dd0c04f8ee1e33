import unhomoglyph from "unhomoglyph";

/**
 * What a name looks like, as a key: names of one skeleton pass for each other. Built on the skeletons of Unicode Technical
 * Standard 39 (confusables.txt, by the package unhomoglyph), and coarser: case, accents, spaces and punctuation do not count,
 * and l, 1 and I are one.
 */
export function nameSkeleton(name: string): string {
  const fold = (text: string) => unhomoglyph(text.normalize("NFKD")).toLowerCase();
  // Twice: what a capital is confused with may itself be confused with something, once it is small.
  const letters = fold(fold(name)).normalize("NFKD").replace(/\p{M}/gu, "");
  const readable = letters.replace(/[^\p{L}\p{N}]/gu, "");
  return (readable || letters).replace(/[l1]/g, "i").replace(/0/g, "o");
}
