import { hasText } from "@/lib/prompt-files/columns";
import { decodeBytes } from "@/lib/prompt-files/decode-bytes";
import { adaptEntries, categoryOfName, ownFormatOf } from "@/lib/prompt-files/formats";
import {
  Problems,
  type FilePrompt,
  type ParsedPrompts,
  type Place,
  type PromptFile,
  type PromptFormat,
} from "@/lib/prompt-files/prompt-file";
import { readJson, readJsonLines } from "@/lib/prompt-files/read-json";
import { readPrompt, type Reading } from "@/lib/prompt-files/read-prompt";
import { headerOf, readTable, sniffTable, type Entry } from "@/lib/prompt-files/read-table";

export interface ParseOptions {
  /** Most prompts of a set. */
  maxPrompts: number;
  /** Of prompts whose file says none. */
  category?: string;
}

/** Category of prompts of which nobody says one. */
export const UNCATEGORISED = "uncategorised";

type Contents = { format: PromptFormat; entries: Entry[]; category?: string; key?: string };

/**
 * Prompts of files as people have them: tables, JSON, lines of text, and the field's own benchmarks. What kind of file it is, is told by what
 * it holds; names help only where plain text says nothing. Nothing is thrown: what is wrong is a problem with its line.
 */
export function parsePromptFiles(files: readonly PromptFile[], options: ParseOptions): ParsedPrompts {
  const problems = new Problems();
  const unknown = new Set<string>();
  const prompts: FilePrompt[] = [];
  let format: PromptFormat | null = null;
  for (const file of files) {
    const name = files.length > 1 ? file.name : null;
    const contents = readFile(file, name, files.length > 1, problems);
    if (contents === null) continue;
    format ??= contents.format;
    const reading: Reading = {
      category: contents.category ?? options.category ?? UNCATEGORISED,
      key: contents.key,
      problems,
      unknown,
    };
    for (const { fields, line, entry } of contents.entries) {
      const prompt = readPrompt(fields, { file: name, line, entry }, reading);
      if (prompt !== null) prompts.push(prompt);
    }
    if (prompts.length > options.maxPrompts) {
      problems.error("too_many_prompts", WHOLE, { limit: options.maxPrompts });
      return result(format, [], problems);
    }
  }
  for (const column of unknown) problems.warning("unknown_column", WHOLE, { column });
  const kept = withOneKeyEach(prompts, problems);
  if (kept.length === 0 && problems.errors === 0) problems.error("no_prompts", WHOLE);
  return result(format, kept, problems);
}

const WHOLE: Place = { file: null, line: null, entry: null };

const result = (format: PromptFormat | null, prompts: FilePrompt[], problems: Problems): ParsedPrompts => ({
  format,
  prompts,
  problems: problems.list,
  errors: problems.errors,
  warnings: problems.warnings,
});

/** What a file holds, before any of it is known to be a prompt; null, with the problem noted, when it cannot be read. */
function readFile(
  { name, bytes }: PromptFile,
  file: string | null,
  isOneOfMany: boolean,
  problems: Problems,
): Contents | null {
  const decoded = decodeBytes(bytes);
  if (!("text" in decoded)) {
    problems.error(decoded.code, { file, line: null, entry: null }, decoded.facts);
    return null;
  }
  // Old tools end lines with a carriage return alone.
  const text = decoded.text.includes("\n") ? decoded.text : decoded.text.replaceAll("\r", "\n");
  if (text.trim() === "") {
    problems.error("empty_file", { file, line: null, entry: null });
    return null;
  }
  const { stem, extension } = partsOf(name);
  const structured = readStructured(text, extension, file, problems);
  if (structured === null) return null;
  if (structured !== "lines") return ofOwnFormat(structured, stem, file, problems);
  const known = categoryOfName(stem, "text");
  if (isOneOfMany && known === null) {
    // DPG-Bench's folders hold a prompt a file, which may be of several lines.
    return {
      format: "text-folder",
      key: stem,
      entries: [{ fields: { prompt: text }, line: 1, entry: null }],
    };
  }
  const entries = text
    .split("\n")
    .flatMap((line, at) =>
      line.trim() === "" ? [] : [{ fields: { prompt: line }, line: at + 1, entry: null }],
    );
  return { ...(known ?? { format: "text" }), entries };
}

/** A table's or JSON's entries; "lines" for text that is neither; null, with the problem noted, for what cannot be read. */
function readStructured(
  text: string,
  extension: string,
  file: string | null,
  problems: Problems,
): Contents | "lines" | null {
  const start = text.trimStart();
  const isJsonFile = /^(json|jsonl|ndjson)$/.test(extension);
  if (extension === "jsonl" || extension === "ndjson" || isJsonLines(start)) {
    return { format: "jsonl", entries: readJsonLines(text, file, problems) };
  }
  if (isJsonFile || (/^[[{]/.test(start) && !/^(csv|tsv|txt)$/.test(extension)) || /^\[\s*["{]/.test(start)) {
    const entries = readJson(text, file, problems);
    return entries && { format: "json", entries };
  }
  const isTableFile = extension === "csv" || extension === "tsv";
  const sniffed = sniffTable(text);
  // The first line of plain text may be "prompt" by itself: a table of one column must say that it is one.
  if (sniffed !== null && (isTableFile || sniffed.header.length > 1)) {
    const table = readTable(text, { delimiter: sniffed.delimiter, file }, problems);
    return table && { format: sniffed.delimiter === "\t" ? "tsv" : "csv", entries: table.rows };
  }
  if (!isTableFile) return "lines";
  const value = headerOf(text).slice(0, 20).join(", ").slice(0, 300);
  problems.error("no_text_column", { file, line: 1, entry: null }, { value });
  return null;
}

/** Whether text is objects, one a line: the first line is one whole object, and more follow. */
function isJsonLines(start: string): boolean {
  if (!start.startsWith("{")) return false;
  const [first, ...rest] = start.split("\n", 3);
  try {
    JSON.parse(first);
  } catch {
    return false;
  }
  return rest.some((line) => line.trim().startsWith("{"));
}

/** The same under the names of columns.ts where it is one of the field's own files. */
function ofOwnFormat(contents: Contents, stem: string, file: string | null, problems: Problems): Contents {
  const { format, entries } = contents;
  const first = entries[0];
  const own = ownFormatOf(first);
  if (own === null) {
    const isTexts = format === "json" && first !== undefined && hasText(Object.keys(first.fields));
    return { ...contents, ...(isTexts && categoryOfName(stem, "json")) };
  }
  for (const column of Object.keys(first.fields).filter((name) => own.leftOut?.(name))) {
    problems.warning("column_left_out", { file, line: null, entry: null }, { column });
  }
  const adapted = adaptEntries(own, entries);
  if (adapted.merged > 0) {
    problems.warning("merged_rows", { file, line: null, entry: null }, { count: adapted.merged });
  }
  return { ...contents, format: own.format, entries: adapted.entries };
}

/** One key twice is an error; the same prompt twice without a key of its own is told, and numbered. */
function withOneKeyEach(prompts: FilePrompt[], problems: Problems): FilePrompt[] {
  const places = new Map<string, FilePrompt>();
  const kept: FilePrompt[] = [];
  for (const prompt of prompts) {
    const first = places.get(prompt.key);
    if (first === undefined) {
      places.set(prompt.key, prompt);
      kept.push(prompt);
    } else if (isSame(first, prompt) && DERIVED.test(prompt.key)) {
      let number = 2;
      while (places.has(`${prompt.key}-${number}`)) number++;
      const numbered = { ...prompt, key: `${prompt.key}-${number}` };
      places.set(numbered.key, numbered);
      problems.warning("repeated_prompt", prompt.place, { value: numbered.key });
      kept.push(numbered);
    } else {
      const at = first.place.line ?? first.place.entry ?? undefined;
      problems.error("duplicate_key", prompt.place, { value: prompt.key, count: at });
    }
  }
  return kept;
}

const DERIVED = /^[0-9a-f]{12}$/;

const isSame = (a: FilePrompt, b: FilePrompt): boolean =>
  a.text === b.text && a.negativePrompt === b.negativePrompt && a.sources.join("\n") === b.sources.join("\n");

function partsOf(name: string): { stem: string; extension: string } {
  const base = name.split(/[\\/]/).at(-1) ?? name;
  const dot = base.lastIndexOf(".");
  return dot <= 0
    ? { stem: base, extension: "" }
    : { stem: base.slice(0, dot), extension: base.slice(dot + 1).toLowerCase() };
}
