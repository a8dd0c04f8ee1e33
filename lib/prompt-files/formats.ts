import { isObject } from "@/lib/prompt-files/read-json";
import type { Entry } from "@/lib/prompt-files/read-table";
import type { PromptFormat } from "@/lib/prompt-files/prompt-file";

/** The field's own files, told apart by what their first entry holds, and what their columns mean. */
interface OwnFormat {
  format: PromptFormat;
  isOf(fields: Record<string, unknown>): boolean;
  /** An entry under the names of columns.ts. */
  adapt(fields: Record<string, unknown>): Record<string, unknown>;
  /** Rows of one prompt are put together: what names it, and how a further row adds to the first. */
  merge?: { by: string; add(first: Record<string, unknown>, next: Record<string, unknown>): void };
  /** Columns that are about generated images. */
  leftOut?: (name: string) => boolean;
}

const has = (fields: Record<string, unknown>, ...names: string[]) => names.every((name) => name in fields);
const hasOnly = (fields: Record<string, unknown>, ...names: string[]) =>
  has(fields, ...names) && Object.keys(fields).length === names.length;

const OWN: OwnFormat[] = [
  {
    // Yu et al. 2022: Prompt, Category, Challenge, Note.
    format: "partiprompts",
    isOf: (fields) => hasOnly(fields, "Prompt", "Category", "Challenge", "Note"),
    adapt: ({ Prompt, Category, Challenge, Note }) => ({
      prompt: Prompt,
      category: Category,
      tags: [Challenge],
      ...(Note !== "" && { Note }),
    }),
  },
  {
    // Saharia et al. 2022: Prompts, Category.
    format: "drawbench",
    isOf: (fields) => hasOnly(fields, "Prompts", "Category"),
    adapt: ({ Prompts, Category }) => ({ prompt: Prompts, category: Category }),
  },
  {
    // Ghosh et al. 2023: what an object detector must find.
    format: "geneval",
    isOf: (fields) => has(fields, "tag", "include", "prompt") && Array.isArray(fields.include),
    adapt: ({ tag, include, exclude, ...rest }) => ({
      ...rest,
      category: tag,
      truth: { kind: "geneval", include, ...(exclude !== undefined && { exclude }) },
    }),
  },
  {
    // Huang et al. 2024: one prompt of several dimensions, and what is asked of it.
    format: "vbench",
    isOf: (fields) => has(fields, "prompt_en", "dimension"),
    adapt: ({ dimension, auxiliary_info, ...rest }) => ({
      ...rest,
      category: Array.isArray(dimension) ? dimension[0] : dimension,
      tags: dimension,
      ...(auxiliary_info !== undefined && { truth: { kind: "vbench", ...asObject(auxiliary_info) } }),
    }),
  },
  {
    // Hu et al. 2024: a row a question, the prompt's text on each of its rows.
    format: "dpg-bench",
    isOf: (fields) => has(fields, "item_id", "text", "proposition_id", "question_natural_language"),
    adapt: ({ item_id, text, keywords, category_broad, category_detailed, ...question }) => ({
      key: item_id,
      text,
      ...(typeof keywords === "string" && keywords !== "" && { keywords }),
      truth: {
        kind: "dpg-bench",
        questions: [{ category_broad, category_detailed, ...question }],
      },
    }),
    merge: { by: "key", add: addQuestions },
  },
  {
    // Kirstain et al. 2023: a row a pair of images.
    format: "pick-a-pic",
    isOf: (fields) =>
      (has(fields, "caption") || has(fields, "prompt")) &&
      ["image_0_uid", "image_0_url", "jpg_0", "label_0", "best_image_uid"].some((name) => name in fields),
    adapt: ({ caption, prompt }) => ({ prompt: caption ?? prompt }),
    merge: { by: "prompt", add: () => {} },
    leftOut: (name) => name !== "caption" && name !== "prompt",
  },
  {
    // Liu et al. 2025: instructions that edit an image.
    format: "gedit",
    isOf: (fields) => has(fields, "instruction") && (has(fields, "task_type") || has(fields, "input_image")),
    adapt: ({ instruction_language, ...rest }) => ({
      ...rest,
      // Its "cn" is Chinese.
      ...(instruction_language !== undefined && {
        language: instruction_language === "cn" ? "zh" : instruction_language,
      }),
    }),
  },
  {
    // Ye et al. 2025: {"12": {"id": path of the image, "prompt", "edit_type"}}.
    format: "imgedit",
    isOf: (fields) => has(fields, "prompt", "edit_type") && typeof fields.id === "string",
    adapt: ({ id, ...rest }) => ({ ...rest, source_image: rest.source_image ?? id }),
  },
];

/** The own format of a file whose first entry this is. */
export const ownFormatOf = (first: Entry | undefined): OwnFormat | null =>
  (first && OWN.find(({ isOf }) => isOf(first.fields))) ?? null;

function addQuestions(first: Record<string, unknown>, next: Record<string, unknown>): void {
  const [into, from] = [first.truth, next.truth].map((truth) => asObject(truth).questions);
  if (Array.isArray(into) && Array.isArray(from)) for (const question of from) into.push(question);
}

const asObject = (value: unknown): Record<string, unknown> => (isObject(value) ? value : { value });

/**
 * Entries of an own format under the names of columns.ts, rows of one prompt put together.
 * @returns how many rows went into others
 */
export function adaptEntries(own: OwnFormat, entries: Entry[]): { entries: Entry[]; merged: number } {
  const known = new Map<unknown, Entry>();
  const adapted: Entry[] = [];
  let merged = 0;
  for (const { fields, ...place } of entries) {
    const entry = { fields: own.isOf(fields) ? own.adapt(fields) : fields, ...place };
    const name = own.merge && entry.fields[own.merge.by];
    const first = known.get(name);
    if (own.merge && name !== undefined && first) {
      own.merge.add(first.fields, entry.fields);
      merged++;
      continue;
    }
    if (own.merge) known.set(name, entry);
    adapted.push(entry);
  }
  return { entries: adapted, merged };
}

/** T2I-CompBench's files (Huang et al. 2023) are lines of text; HPD's (Wu et al. 2023) arrays of them. Only the name says of what. */
const COMPBENCH = /^(color|shape|texture|spatial|3d_spatial|numeracy|non_spatial|complex)(?:_train|_val|_test)?(?:_all)?$/; // prettier-ignore
const HPD = /^(anime|concept-art|paintings?|photo|drawbench)(?:_prompts?)?$/;

/** The category that a file's name says all of its prompts are of, where it is one of these two. */
export function categoryOfName(
  stem: string,
  shape: "text" | "json",
): { format: PromptFormat; category: string } | null {
  const [format, names] =
    shape === "text" ? (["t2i-compbench", COMPBENCH] as const) : (["hpd", HPD] as const);
  const category = names.exec(stem.toLowerCase())?.[1];
  return category === undefined ? null : { format, category };
}
