import type { DrawingResponse } from "@/lib/schemas/stack/drawings";

type Images = DrawingResponse["images"];

const quoted = (words: readonly string[]) => words.map((word) => `“${word}”`).join(", ");

/** What the models made of a prompt's words, a sentence each; empty where they knew and read all of them. */
export function wordsText(images: Images): string[] {
  const drawn = images.filter(({ url }) => url !== null);
  const words = [...new Set(drawn.flatMap(({ unknownWords }) => unknownWords))];
  const knowing = (word: string) => drawn.filter(({ unknownWords }) => !unknownWords.includes(word));
  const strange = words.filter((word) => knowing(word).length === 0);
  const partly = words.filter((word) => knowing(word).length > 0);
  const unread = Math.max(0, ...drawn.map(({ unreadWords }) => unreadWords));
  return [
    ...(strange.length > 0
      ? [
          `The models were never taught ${quoted(strange)}: they read ${strange.length === 1 ? "it" : "each"} as an unknown word and draw what the others leave open.`,
        ]
      : []),
    ...partly.map(
      (word) =>
        `Of these models only ${knowing(word)
          .map(({ name }) => name)
          .join(" and ")} ${knowing(word).length === 1 ? "knows" : "know"} “${word}”.`,
    ),
    ...(unread > 0
      ? [
          `The last ${unread === 1 ? "word goes" : `${unread} words go`} unread: the models read no longer prompts.`,
        ]
      : []),
  ];
}

/** How far a drawing is. */
export function progressText({ images, state, seed }: DrawingResponse): string {
  const drawn = images.filter(({ url }) => url !== null).length;
  const failed = images.filter(({ failure }) => failure !== null).length;
  if (state === "drawing") return `${drawn + failed} of ${images.length} drawn …`;
  const all = failed === 0 ? `All ${drawn} drawn` : `${drawn} drawn, ${failed} could not be`;
  return `${all}, from seed ${seed}.`;
}
