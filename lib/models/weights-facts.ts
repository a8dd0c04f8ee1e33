import type { Model } from "@/lib/db/generated/client";
import { findPreset } from "@/lib/schemas/catalogue/catalogue";

/** Where facts of a model's weights are: its submitter's word goes before the catalogue's, and that before its own card's. */
type Known = Pick<Model, "licence" | "parameters" | "preset" | "card">;

/** The licence of a model's weights; null: nobody says. */
export function licenceOf({ licence, preset, card }: Known): string | null {
  const known = licence ?? presetOf(preset)?.licence ?? fromCard(card, "license");
  return typeof known === "string" && known !== "" ? known : null;
}

/** How many parameters a model's network has; null: nobody says. */
export function parameterCountOf({ parameters, preset, card }: Known): number | null {
  const known = parameters ?? presetOf(preset)?.parameters ?? fromCard(card, "parameters");
  return typeof known === "number" && known > 0 ? known : null;
}

const presetOf = (preset: string | null) => (preset === null ? undefined : findPreset(preset));

const fromCard = (card: Known["card"], name: string): unknown =>
  card !== null && typeof card === "object" && !Array.isArray(card) ? card[name] : null;
