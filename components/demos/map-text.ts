import { percent } from "@/components/format";
import { MAP_FACETS, type ContrastiveMap, type MapFacet } from "@/lib/schemas/stack/contrastive-map";

const FACET_TEXT: Record<MapFacet, string> = {
  things: "the number of things",
  kind: "what the first thing is",
  colour: "the first thing’s colour",
  background: "the background’s colour",
};

/** How much of the space the plane keeps, and what its axes go by, as far as that was measured. */
export function planeText({ kept, explained, dimension, pairs }: ContrastiveMap): string {
  const best = (axis: 0 | 1) =>
    MAP_FACETS.reduce((best, facet) => (explained[facet][axis] > explained[best][axis] ? facet : best));
  const tells = (axis: 0 | 1) => {
    const facet = best(axis);
    return `${FACET_TEXT[facet]} accounts for ${percent(explained[facet][axis])}`;
  };
  const both = kept[0] + kept[1];
  return (
    `The two axes keep ${percent(both, 1)} of the variance of ${pairs.toLocaleString("en")} images and as many captions ` +
    `(${percent(kept[0], 1)} across, ${percent(kept[1], 1)} up); the other ${dimension - 2} directions, which hold the rest, ` +
    `are not to be seen here. Of where an image lies across, ${tells(0)}; of how high, ${tells(1)}.`
  );
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
