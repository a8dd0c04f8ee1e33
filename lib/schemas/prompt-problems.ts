import { z } from "zod";

/** What may be wrong with a file of prompts, or must be said of it. */
const CODES = [
  // Of a whole file: nothing of it is read.
  "empty_file",
  "binary",
  "nul_byte",
  "bad_utf8",
  "bad_utf16",
  "bad_csv",
  "bad_json",
  "no_text_column",
  "no_prompts",
  "too_many_prompts",
  // Of one prompt: it is left out.
  "row_too_wide",
  "not_a_prompt",
  "empty_prompt",
  "too_long",
  "too_many_tags",
  "duplicate_key",
  "bad_language",
  "reserved_category",
  "bad_cell",
  "image_missing",
  "image_unreadable",
  // Said: nothing is lost by it, or what is lost is named.
  "unknown_column",
  "column_left_out",
  "characters_left_out",
  "quotes_kept",
  "repeated_prompt",
  "merged_rows",
  "file_left_out",
] as const;

export const promptProblem = z.object({
  code: z.enum(CODES),
  /** An error leaves its prompt, or its whole file, out. */
  severity: z.enum(["error", "warning"]),
  /** Of several files, which. */
  file: z.string().nullable(),
  /** From 1: of text the line that it starts on, of a JSON array the entry. */
  line: z.number().int().nullable(),
  entry: z.number().int().nullable(),
  column: z.string().optional(),
  value: z.string().optional(),
  count: z.number().int().optional(),
  limit: z.number().int().optional(),
  /** From 0, of a byte in the file. */
  offset: z.number().int().optional(),
});

export type PromptProblem = z.infer<typeof promptProblem>;
export type PromptProblemCode = PromptProblem["code"];

const say: Record<PromptProblemCode, (problem: PromptProblem) => string> = {
  empty_file: () => "The file is empty.",
  binary: ({ value }) => `This is ${value}, not text.`,
  nul_byte: ({ offset }) =>
    `Byte ${number(offset)} is 0x00, which text does not hold. Save the file as UTF-8.`,
  bad_utf8: ({ offset, value }) =>
    `Byte ${number(offset)} is ${value}, which is not UTF-8. Save the file as UTF-8 (Latin-1 and other code pages are not read).`,
  bad_utf16: ({ offset }) => `The UTF-16 text is damaged at byte ${number(offset)}.`,
  bad_csv: ({ value }) => `The table cannot be read: ${value}.`,
  bad_json: ({ value }) => `This is not JSON${value ? `: ${value}` : ""}.`,
  no_text_column: ({ value }) =>
    `No column holds the prompts. The header has ${value}; one of them must be called prompt, text or caption.`,
  no_prompts: () => "The file holds no prompts.",
  too_many_prompts: ({ limit }) =>
    `There are more than ${number(limit)} prompts, the most that a set may have.`,
  row_too_wide: ({ count, limit }) =>
    `The row has ${count} fields, the header ${limit}. A field that holds the separator must be in quotes.`,
  not_a_prompt: () => "The entry is neither a text nor an object that has one.",
  empty_prompt: () => "There is no prompt.",
  too_long: ({ column, count, limit }) =>
    `The ${column} has ${number(count)} characters; at most ${number(limit)} are kept.`,
  too_many_tags: ({ count, limit }) => `There are ${number(count)} tags; at most ${limit} are kept.`,
  duplicate_key: ({ value, count }) => `The key ${value} is taken already, at ${number(count)}.`,
  reserved_category: ({ value }) =>
    `The category ${value} is kept for prompts that voters type. Give it another name.`,
  bad_language: ({ value }) => `The language ${value} is no tag such as en or zh-Hant.`,
  bad_cell: ({ column }) => `The ${column} is not of the kind that it must be.`,
  image_missing: ({ value }) => `There is no image ${value} beside the file.`,
  image_unreadable: ({ value, column }) => `The image ${column} cannot be read. ${value}`,
  unknown_column: ({ column }) => `The column ${column} is kept as metadata.`,
  column_left_out: ({ column }) =>
    `The column ${column} is left out: it is about generated images, not about the prompt.`,
  characters_left_out: ({ count }) =>
    `${number(count)} characters that cannot be shown, or turn the direction of text, are left out.`,
  quotes_kept: () => "The quotes in the table do not pair up, so they are read as part of the text.",
  repeated_prompt: ({ value }) => `The same prompt stands here again; its key is ${value}.`,
  merged_rows: ({ count }) =>
    `${number(count)} rows repeat a prompt that is there; each prompt is kept once.`,
  file_left_out: ({ value }) => `The file ${value} holds no prompts and is no image that one names.`,
};

const number = (value: number | undefined) => (value ?? 0).toLocaleString("en");

/** A problem as a sentence. */
export const promptProblemText = (problem: PromptProblem): string => say[problem.code](problem);

/** Where a problem is: "a.csv, line 12"; "" for one of a whole, only file. */
export function promptProblemPlace({ file, line, entry }: PromptProblem): string {
  const place = line !== null ? `line ${line}` : entry !== null ? `entry ${entry}` : null;
  return [file, place].filter((part) => part !== null).join(", ");
}
