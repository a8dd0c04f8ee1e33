import type { useTranslations } from "next-intl";
import type { Format } from "@/components/format";
import { MAP_FACETS, type ContrastiveMap } from "@/lib/schemas/stack/contrastive-map";

type DemoText = ReturnType<typeof useTranslations<"demos">>;

/** How much of the space the plane keeps, and what its axes go by, as far as that was measured. */
export function planeText(
  t: DemoText,
  { percent }: Format,
  { kept, explained, dimension, pairs }: Pick<ContrastiveMap, "kept" | "explained" | "dimension" | "pairs">,
): string {
  const best = (axis: 0 | 1) =>
    MAP_FACETS.reduce((best, facet) => (explained[facet][axis] > explained[best][axis] ? facet : best));
  const [across, up] = [best(0), best(1)];
  return t("map.plane", {
    kept: percent(kept[0] + kept[1], 1),
    keptAcross: percent(kept[0], 1),
    keptUp: percent(kept[1], 1),
    pairs,
    rest: dimension - 2,
    across,
    acrossShare: percent(explained[across][0]),
    up,
    upShare: percent(explained[up][1]),
  });
}

const HARD_NEGATIVE = "trueCaptionOverFoil, ";

/** What the encoder's card says of false captions, the surest first: what differs, and how often the true one is preferred. */
export function hardNegativeFigures({ figures }: ContrastiveMap): { differs: string; share: number }[] {
  return Object.entries(figures)
    .flatMap(([name, share]) =>
      name.startsWith(HARD_NEGATIVE) && typeof share === "number"
        ? [{ differs: name.slice(HARD_NEGATIVE.length), share }]
        : [],
    )
    .sort((a, b) => b.share - a.share);
}

const FOILS = {
  "colours swapped": "coloursSwapped",
  "relation reversed": "relationReversed",
  "another colour": "anotherColour",
  "another object": "anotherObject",
  "another count": "anotherCount",
  "another background": "anotherBackground",
} as const;

/** What differs in a false caption; one that is not known here in the card's own words. */
export const foilText = (t: DemoText, differs: string): string =>
  differs in FOILS ? t(`foils.${FOILS[differs as keyof typeof FOILS]}`) : differs;
