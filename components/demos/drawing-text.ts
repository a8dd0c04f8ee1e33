import type { useTranslations } from "next-intl";
import type { DrawingResponse } from "@/lib/schemas/stack/drawings";

type DemoText = ReturnType<typeof useTranslations<"demos">>;
type Images = DrawingResponse["images"];

/** What the models made of a prompt's words, a sentence each; empty where they knew and read all of them. */
export function wordsText(t: DemoText, images: Images): string[] {
  const drawn = images.filter(({ url }) => url !== null);
  const words = [...new Set(drawn.flatMap(({ unknownWords }) => unknownWords))];
  const knowing = (word: string) => drawn.filter(({ unknownWords }) => !unknownWords.includes(word));
  const strange = words.filter((word) => knowing(word).length === 0);
  const partly = words.filter((word) => knowing(word).length > 0);
  const unread = Math.max(0, ...drawn.map(({ unreadWords }) => unreadWords));
  return [
    ...(strange.length > 0
      ? [
          t("drawing.strange", {
            words: strange.map((text) => t("quoted", { text })).join(", "),
            n: strange.length,
          }),
        ]
      : []),
    ...partly.map((word) =>
      t("drawing.partly", {
        names: knowing(word)
          .map(({ name }) => name)
          .reduce((first, second) => t("drawing.and", { first, second })),
        n: knowing(word).length,
        word,
      }),
    ),
    ...(unread > 0 ? [t("drawing.unread", { n: unread })] : []),
  ];
}

/** How far a drawing is. */
export function progressText(t: DemoText, { images, state, seed }: DrawingResponse): string {
  const n = images.filter(({ url }) => url !== null).length;
  const failed = images.filter(({ failure }) => failure !== null).length;
  if (state === "drawing") return t("drawing.going", { done: n + failed, all: images.length });
  return failed === 0
    ? t("drawing.all", { n, seed: String(seed) })
    : t("drawing.some", { n, failed, seed: String(seed) });
}
