/** What a column of any format becomes. */
export type Field =
  | "text"
  | "key"
  | "category"
  | "tags"
  | "language"
  | "negative"
  | "sources"
  | "reference"
  | "truth"
  | "metadata";

/** Usual names of columns, in lower case with underscores; of several that a file has, the first named here is taken. */
const NAMES: Record<Field, string[]> = {
  text: ["prompt", "prompts", "prompt_text", "text", "caption", "captions", "prompt_en", "instruction"],
  key: ["key", "id", "prompt_id", "item_id", "uid"],
  category: ["category", "categories", "style", "task_type", "edit_type", "category_broad"],
  tags: ["tags", "tag", "dimension", "dimensions", "challenge"],
  language: ["language", "lang", "locale", "instruction_language"],
  negative: ["negative_prompt", "negative"],
  sources: [
    "source_artifacts",
    "source_images",
    "source_image",
    "sources",
    "source",
    "input_images",
    "input_image",
    "image_path",
    "image",
  ],
  reference: ["reference_artifact", "reference_image", "reference", "target_image"],
  truth: ["truth", "ground_truth"],
  metadata: ["metadata"],
};

const FIELD_OF = new Map(
  Object.entries(NAMES).flatMap(([field, names]) =>
    names.map((name, at) => [name, { field: field as Field, at }] as const),
  ),
);

const normal = (name: string) => name.trim().toLowerCase().replace(/[\s-]+/g, "_"); // prettier-ignore

/** Which of a header's names stand for a field, and those that stand for none. */
export function mapColumns(names: readonly string[]): { fields: Map<Field, string>; others: string[] } {
  const best = new Map<Field, { name: string; at: number }>();
  for (const name of names) {
    const known = FIELD_OF.get(normal(name));
    if (known === undefined) continue;
    const other = best.get(known.field);
    if (other === undefined || known.at < other.at) best.set(known.field, { name, at: known.at });
  }
  const fields = new Map([...best].map(([field, { name }]) => [field, name]));
  const taken = new Set(fields.values());
  return { fields, others: names.filter((name) => !taken.has(name)) };
}

/** Whether a header names a column that holds prompts. */
export const hasText = (names: readonly string[]): boolean => mapColumns(names).fields.has("text");
