import type { FormatCall } from "@/lib/providers/formats/format";
import { PLACEHOLDERS, type Placeholder } from "@/lib/schemas/formats/format-options";

type Values = Partial<Record<Placeholder, string | number>>;
const ALONE = new RegExp(`^\\{\\{(${PLACEHOLDERS.join("|")})\\}\\}$`);
const WITHIN = new RegExp(`\\{\\{(${PLACEHOLDERS.join("|")})\\}\\}`, "g");

/** What an order puts in a template's places. What it does not say has no value. */
export function valuesOf({ endpoint, order, width, height }: FormatCall): Values {
  return {
    prompt: order.prompt,
    negative_prompt: order.negativePrompt ?? undefined,
    ...{ width, height },
    seed: order.seed ?? undefined,
    steps: order.steps ?? undefined,
    guidance: order.guidance ?? undefined,
    model: endpoint.providerModel,
  };
}

/**
 * A template with an order's values: a text that is a placeholder alone becomes the value, a number as a number; one that has no
 * value goes, with its field. Within other text it is written out. A prompt is never read as a template itself.
 */
export function filled(template: unknown, values: Values): unknown {
  if (typeof template === "string") {
    const alone = ALONE.exec(template);
    if (alone !== null) return values[alone[1] as Placeholder];
    return template.replace(WITHIN, (_, name: Placeholder) => String(values[name] ?? ""));
  }
  if (Array.isArray(template))
    return template.map((each) => filled(each, values)).filter((each) => each !== undefined);
  if (typeof template !== "object" || template === null) return template;
  const fields = Object.entries(template).map(([name, value]) => [name, filled(value, values)] as const);
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}
