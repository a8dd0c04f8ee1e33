import type { useTranslations } from "next-intl";
import type { PromptProblem, PromptProblemCode } from "@/lib/schemas/prompt-problems";

type Translations = ReturnType<typeof useTranslations<"prompts">>;

/** A problem of a file of prompts as a sentence. */
export function problemText(t: Translations, { code, ...problem }: PromptProblem): string {
  const { column = "", value = "", count = 0, limit = 0, offset = 0 } = problem;
  if (code === "bad_json" && value === "") return t("problem.notJson");
  return t(`problem.${SAID[code]}`, { column, value, count, limit, offset });
}

/** Where a problem is: "a.csv, line 12"; "" for one of a whole, only file. */
export function problemPlace(t: Translations, { file, line, entry }: PromptProblem): string {
  const place =
    line !== null
      ? t("preview.line", { n: `${line}` })
      : entry !== null
        ? t("preview.entry", { n: `${entry}` })
        : null;
  return [file, place].filter((part) => part !== null).join(", ");
}

/** The message of each code. */
const SAID = {
  empty_file: "emptyFile",
  binary: "binary",
  nul_byte: "nulByte",
  bad_utf8: "badUtf8",
  bad_utf16: "badUtf16",
  bad_csv: "badCsv",
  bad_json: "badJson",
  no_text_column: "noTextColumn",
  no_prompts: "noPrompts",
  too_many_prompts: "tooManyPrompts",
  row_too_wide: "rowTooWide",
  not_a_prompt: "notAPrompt",
  empty_prompt: "emptyPrompt",
  too_long: "tooLong",
  too_many_tags: "tooManyTags",
  duplicate_key: "duplicateKey",
  reserved_category: "reservedCategory",
  bad_language: "badLanguage",
  bad_cell: "badCell",
  image_missing: "imageMissing",
  image_unreadable: "imageUnreadable",
  unknown_column: "unknownColumn",
  column_left_out: "columnLeftOut",
  characters_left_out: "charactersLeftOut",
  quotes_kept: "quotesKept",
  repeated_prompt: "repeatedPrompt",
  merged_rows: "mergedRows",
  file_left_out: "fileLeftOut",
} as const satisfies Record<PromptProblemCode, string>;
