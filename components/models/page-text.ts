import type { useTranslations } from "next-intl";
import type { Format } from "@/components/format";
import type { Capability } from "@/lib/schemas/endpoints/capabilities";
import type { DriftFinding, DriftView } from "@/lib/schemas/endpoints/drift";
import type { BundledCard } from "@/lib/schemas/stack/bundled-card";

/** A model's sentences in the page's language. What the command line says too is in the other texts of this room, in English. */
export type ModelWords = ReturnType<typeof useTranslations<"models">>;

type Fact = [label: string, value: string];

/** What an endpoint was found to do, as labelled facts; what is not known of it is left out. */
export function capabilityRows(t: ModelWords, format: Format, capability: Capability): Fact[] {
  const { calls, seed, size, transparent, mediaType, testedAt, outcome } = capability;
  const isSeedKnown = seed.verdict !== "unknown" || outcome === "ok";
  const facts: [label: string, value: string | null][] = [
    [t("capability.tested"), t("capability.testedOn", { day: format.day(testedAt), outcome })],
    [t("capability.size"), sizeOf(t, size)],
    [t("capability.seed"), isSeedKnown ? t("capability.seedIs", { verdict: seed.verdict }) : null],
    [t("capability.took"), calls.map(({ latencyMs }) => format.duration(latencyMs)).join(", ")],
    [t("capability.cost"), costOf(t, format, calls)],
    [
      t("capability.transparency"),
      transparent === null ? null : t("capability.transparent", { has: transparent ? "yes" : "no" }),
    ],
    [t("capability.inFiles"), mediaType === null ? null : metadataOf(t, capability)],
  ];
  return facts.filter((fact): fact is Fact => fact[1] !== null);
}

const sizeOf = (t: ModelWords, { asked, came, verdict }: Capability["size"]): string | null =>
  verdict === null ? null : t("capability.sizeWas", { verdict, asked, came: came ?? "" });

function costOf(t: ModelWords, format: Format, calls: Capability["calls"]): string | null {
  const told = calls.flatMap(({ costUsd }) => costUsd ?? []);
  if (told.length === 0) return null;
  const mean = told.reduce((sum, each) => sum + each, 0) / told.length;
  return t("capability.costSays", { price: format.dollars(mean) });
}

function metadataOf(t: ModelWords, { metadata, textKeys }: Capability): string {
  if (metadata.length === 0) return t("capability.onlyPicture");
  const names = metadata.map((kind) =>
    kind === "text" && textKeys.length > 0
      ? t("capability.textOf", { keys: textKeys.join(", ") })
      : t("capability.metadata", { kind }),
  );
  return names.join(", ");
}

/** The figures that messages name, in order; others keep the card's own names. */
const FIGURES = [
  "allCorrect",
  "objectsCorrect",
  "coloursCorrect",
  "backgroundCorrect",
  "relationCorrect",
  "fdToybox",
];

/** The database keeps no order of a card's names: known ones come in the order above, others after them. */
const placeOf = (name: string) => {
  const place = FIGURES.indexOf(name.split(", ")[0]);
  return place < 0 ? FIGURES.length : place;
};

/** A card's figures, each with its interval where the card has one. */
export function figureRows(t: ModelWords, format: Format, figures: BundledCard["figures"]): Fact[] {
  const many = figures.fdToyboxOfMany;
  const inOrder = Object.entries(figures).sort(([one], [other]) => placeOf(one) - placeOf(other));
  const rows = inOrder.flatMap(([name, value]): Fact[] => {
    if (typeof value !== "number") return [];
    const [first, part] = name.split(", ");
    const figure = FIGURES.includes(first) ? t("card.figure", { name: first }) : first;
    const label = part ? t("card.figurePart", { figure, part }) : figure;
    const write = (share: number) =>
      /Correct$/.test(first) ? format.percent(share, 1) : format.significant(share);
    const between = name === "allCorrect" ? figures.allCorrectInterval : undefined;
    return [[label, withInterval(t, write, value, between)]];
  });
  if (!many) return rows;
  return [
    ...rows,
    [t("card.ofMany", { n: many.n }), withInterval(t, format.significant, many.value, many.interval)],
  ];
}

function withInterval(
  t: ModelWords,
  write: (value: number) => string,
  value: number,
  interval: [low: number, high: number] | undefined,
): string {
  if (interval === undefined) return write(value);
  const [low, high] = interval.map(write);
  return t("card.withInterval", { value: write(value), low, high });
}

/** A distance with its interval and over how many prompts, for a message to put in brackets; none where nothing was compared. */
function distanceOf(t: ModelWords, format: Format, { distance, low, high, prompts }: DriftFinding) {
  if (distance === null) return { hasDistance: "no", distance: "" };
  const [value, from, to] = [distance, low, high].map(format.significant);
  return {
    hasDistance: "yes",
    distance: t("drift.distance", { distance: value, low: from, high: to, n: prompts }),
  };
}

/** What everybody is told of a change. */
export const changedSentence = (t: ModelWords, format: Format, changed: DriftFinding): string =>
  t("drift.changed", { day: format.day(changed.at), ...distanceOf(t, format, changed) });

/** What the last check found. */
export const lastSentence = (t: ModelWords, format: Format, last: DriftFinding): string =>
  t("drift.last", { day: format.day(last.at), verdict: last.verdict, ...distanceOf(t, format, last) });

/** What a check costs, before it is switched on. */
export function checkCostSentences(
  t: ModelWords,
  format: Format,
  { images, costUsd }: NonNullable<DriftView["watch"]>,
): string {
  const cost = costUsd === null ? "unknown" : costUsd === 0 ? "free" : "known";
  return t("drift.cost", { n: images, cost, price: format.dollars(costUsd) });
}
