import { count, percent, significant } from "@/components/format";
import type { BundledCard } from "@/lib/schemas/stack/bundled-card";

/** Words for the card's own names of its figures; a figure that is not here keeps its name. */
const FIGURES: Record<string, string> = {
  allCorrect: "All that was asked for",
  objectsCorrect: "Objects",
  coloursCorrect: "Colours",
  backgroundCorrect: "Background",
  relationCorrect: "Relation",
  fdToybox: "FD-toybox of the graded images",
};

const ORDER = Object.keys(FIGURES);
/** The database keeps no order of a card's names: known ones come in the order above, others after them. */
const placeOf = (name: string) => {
  const place = ORDER.indexOf(name.split(", ")[0]);
  return place < 0 ? ORDER.length : place;
};

/** A card's figures in words, each with its interval where the card has one. */
export function cardFigures(figures: BundledCard["figures"]): [label: string, value: string][] {
  const many = figures.fdToyboxOfMany;
  const inOrder = Object.entries(figures).sort(([one], [other]) => placeOf(one) - placeOf(other));
  const rows = inOrder.flatMap(([name, value]): [string, string][] => {
    if (typeof value !== "number") return [];
    const [first, part] = name.split(", ");
    const label = `${FIGURES[first] ?? first}${part ? `, ${part}` : ""}`;
    const shown = /Correct$/.test(first) ? percent(value, 1) : significant(value);
    const between = name === "allCorrect" && figures.allCorrectInterval;
    return [[label, between ? `${shown} (${percent(between[0], 1)} to ${percent(between[1], 1)})` : shown]];
  });
  if (!many) return rows;
  const [low, high] = many.interval.map(significant);
  return [...rows, [`FD-toybox, n ${count(many.n)}`, `${significant(many.value)} (${low} to ${high})`]];
}
