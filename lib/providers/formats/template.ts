import type { FormatCall } from "@/lib/providers/formats/format";
import { base64Of, secondsOf } from "@/lib/providers/formats/sources";
import type { SourceImage } from "@/lib/providers/outcome";
import { IMAGE_PLACEHOLDERS, PLACEHOLDERS, type Placeholder } from "@/lib/schemas/formats/format-options";

export type Values = Partial<Record<Placeholder, string | number>>;
const ALONE = new RegExp(`^\\{\\{(${PLACEHOLDERS.join("|")})\\}\\}$`);
const WITHIN = new RegExp(`\\{\\{(${PLACEHOLDERS.join("|")})\\}\\}`, "g");

/** What an order puts in a template's places; images as base64. What it does not say has no value. */
export function valuesOf(call: FormatCall): Values {
  const { endpoint, order, width, height } = call;
  const images = Object.entries(imagesOf(call)).map(([name, image]) => [name, base64Of(image)]);
  return {
    prompt: order.prompt,
    negative_prompt: order.negativePrompt ?? undefined,
    ...{ width, height },
    seed: order.seed ?? undefined,
    steps: order.steps ?? undefined,
    guidance: order.guidance ?? undefined,
    seconds: secondsOf(call) ?? undefined,
    model: endpoint.providerModel,
    ...(Object.fromEntries(images) as Values),
  };
}

/** The images that an order begins with, by the placeholder that stands for each. */
export function imagesOf({ order }: FormatCall): Partial<Record<Placeholder, SourceImage>> {
  const sources = (order.sources ?? []).slice(0, IMAGE_PLACEHOLDERS.length);
  const named = sources.map((source, at) => [IMAGE_PLACEHOLDERS[at], source]);
  return { ...(Object.fromEntries(named) as object), ...(order.mask && { mask: order.mask }) };
}

/** The first of an order's images that a template has no place for; null: none. */
export function unplacedImage(template: unknown, call: FormatCall): string | null {
  const text = JSON.stringify(template);
  return Object.keys(imagesOf(call)).find((name) => !text.includes(`{{${name}}}`)) ?? null;
}

/** The placeholder that a text is alone; null: it is none, or more than one. */
export const placeholderIn = (text: unknown): Placeholder | null =>
  typeof text === "string" ? ((ALONE.exec(text)?.[1] as Placeholder | undefined) ?? null) : null;

/**
 * A template with an order's values: a text that is a placeholder alone becomes the value, a number as a number; one that has no
 * value goes, with its field. Within other text it is written out. A prompt is never read as a template itself.
 */
export function filled(template: unknown, values: Values): unknown {
  if (typeof template === "string") {
    const alone = placeholderIn(template);
    if (alone !== null) return values[alone];
    return template.replace(WITHIN, (_, name: Placeholder) => String(values[name] ?? ""));
  }
  if (Array.isArray(template))
    return template.map((each) => filled(each, values)).filter((each) => each !== undefined);
  if (typeof template !== "object" || template === null) return template;
  const fields = Object.entries(template).map(([name, value]) => [name, filled(value, values)] as const);
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}
