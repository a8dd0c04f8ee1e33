"use client"; // A page then carries what its many images are made from once, not once more as a tree of elements.

import { useTranslations } from "next-intl";
import { DemoImage } from "@/components/demos/demo-image";
import type { StackImage } from "@/lib/schemas/stack/stack-page";

/** What two models made of each prompt from the same seed: one's image large, the other's small below it. */
export function ImagePairs({
  pairs,
  large,
  small,
  caption,
}: {
  pairs: { prompt: string; large: StackImage | null; small: StackImage | null }[];
  /** How each is called after its prompt, for those who do not see it: "with the adapter". */
  large: string;
  small: string;
  caption: string;
}) {
  const t = useTranslations("demos");
  return (
    <figure className="my-6">
      <ul className="grid max-w-2xl grid-cols-2 gap-4 sm:grid-cols-4">
        {pairs.map((pair) => (
          <li key={pair.prompt}>
            <DemoImage image={pair.large} prompt={t("labelled", { prompt: pair.prompt, label: large })} />
            <div className="mx-auto mt-2 w-1/2">
              <DemoImage image={pair.small} prompt={t("labelled", { prompt: pair.prompt, label: small })} />
            </div>
            <p className="text-muted mt-2 text-center font-serif text-sm italic" translate="no">
              {t("quoted", { text: pair.prompt })}
            </p>
          </li>
        ))}
      </ul>
      <figcaption className="text-muted mt-3 text-sm">{caption}</figcaption>
    </figure>
  );
}
