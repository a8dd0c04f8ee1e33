import { CRITERIA, OVERALL, type Criterion } from "@/lib/schemas/criteria";

/** A reader's weights by criterion, 0 to 100, as sliders and links hold them. */
export type WeightsText = Partial<Record<Criterion | typeof OVERALL, number>>;

const NAMES = [OVERALL, ...CRITERIA] as const;

/** A link's weights, `overall:40,aesthetics:60`; whatever it does not understand it leaves out, null where nothing is left. */
export function parseWeights(text: string | null | undefined): WeightsText | null {
  const weights: WeightsText = {};
  for (const part of (text ?? "").split(",")) {
    const [name, value] = part.split(":");
    const known = NAMES.find((other) => other === name);
    const weight = Number(value);
    if (known !== undefined && value?.trim() && weight >= 0 && weight <= 100) weights[known] = weight;
  }
  return Object.values(weights).some((weight) => weight > 0) ? weights : null;
}

/** The shortest text that parses back to these weights; "" for overall alone, which needs none. */
export function writeWeights(weights: WeightsText): string {
  const given = NAMES.filter((name) => (weights[name] ?? 0) > 0);
  if (given.length === 0 || (given.length === 1 && given[0] === OVERALL)) return "";
  return given.map((name) => `${name}:${weights[name]}`).join(",");
}
