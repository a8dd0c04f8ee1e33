import file from "@/lib/schemas/catalogue/catalogue.json";
import { catalogueFile, type Preset } from "@/lib/schemas/catalogue/preset";

const read = catalogueFile.parse(file);

/** Every preset, as the file orders them. */
export const PRESETS: readonly Preset[] = read.presets;

export const ENDED = read.ended;

/** The preset of an id, or of a name in whatever case; null: there is none. */
export function findPreset(wanted: string): Preset | null {
  const text = wanted.trim().toLowerCase();
  return PRESETS.find(({ id, name }) => id === text || name.toLowerCase() === text) ?? null;
}

/** Where a preset's price is written down, as a price's source says it; null: it has none. */
export function priceSourceOf({ price }: Preset): string | null {
  return price === undefined ? null : `list price, ${price.source.name}, ${price.source.seen}`;
}

/** The first day that a date may mean: 2026-04 is 2026-04-01. */
export const firstDay = (date: string): string => `${date}-01-01`.slice(0, 10);
