import { z } from "zod";
import { FileError } from "@/lib/media/files/file-error";
import { CsvReader } from "@/lib/ratings/log/csv";
import { captionTruthSchema, type CaptionTruth } from "@/lib/schemas/scene";

/** A prompt as an evaluation needs it. */
export interface EvalPrompt {
  key: string;
  /** Whether the file gives the key; if not, it is the prompt's place. */
  hasOwnKey: boolean;
  text: string;
  /** What an image of it must show, where that is known exactly (Toybox prompts). */
  truth: CaptionTruth | null;
}

const record = z.object({
  key: z.union([z.string(), z.number()]).nullish(),
  id: z.union([z.string(), z.number()]).nullish(),
  index: z.union([z.string(), z.number()]).nullish(),
  prompt: z.string().nullish(),
  text: z.string().nullish(),
  caption: z.string().nullish(),
  truth: z.unknown().optional(),
});

/**
 * The prompts of a file: .txt has one a line; .csv and .tsv have a header with `prompt` (or `text`) and may have `key` (or `id`);
 * .jsonl has an object a line with the same fields, or a string. Where no key is given, it is the prompt's place, from 0.
 * @throws FileError naming the line at fault
 */
export function parseEvalPrompts(content: string, path: string): EvalPrompt[] {
  const prompts = read(content.replace(/^\uFEFF/, ""), path);
  if (prompts.length === 0) throw new FileError(path, "holds no prompts.");
  const seen = new Set<string>();
  for (const { key } of prompts) {
    if (seen.has(key)) throw new FileError(path, `has the key ${key} twice: every prompt needs its own.`);
    seen.add(key);
  }
  return prompts;
}

function read(content: string, path: string): EvalPrompt[] {
  if (/\.(jsonl|ndjson)$/i.test(path)) return readLines(content, path);
  if (/\.(csv|tsv)$/i.test(path)) return readTable(content, path);
  if (!/\.txt$/i.test(path)) {
    throw new FileError(path, "is no .txt (a prompt a line), .csv, .tsv or .jsonl file of prompts.");
  }
  const lines = content.split(/\r?\n/).map((line) => line.trim());
  return lines
    .filter((line) => line !== "")
    .map((text, at) => ({ key: String(at), hasOwnKey: false, text, truth: null }));
}

function readLines(content: string, path: string): EvalPrompt[] {
  const prompts: EvalPrompt[] = [];
  for (const [at, line] of content.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (error) {
      throw new FileError(path, `line ${at + 1} is no JSON.`, { cause: error });
    }
    prompts.push(promptOf(typeof value === "string" ? { text: value } : value, prompts.length, path, at + 1));
  }
  return prompts;
}

function readTable(content: string, path: string): EvalPrompt[] {
  const prompts: EvalPrompt[] = [];
  let header: string[] | null = null;
  const onRow = (fields: string[], line: number) => {
    if (header === null) header = fields.map((name) => name.trim().toLowerCase());
    else {
      const row = Object.fromEntries(header.map((name, k) => [name, fields[k] ?? ""]));
      prompts.push(promptOf(row, prompts.length, path, line));
    }
  };
  const reader = new CsvReader(onRow, /\.tsv$/i.test(path) ? "\t" : ",");
  reader.push(content);
  reader.end();
  return prompts;
}

function promptOf(value: unknown, place: number, path: string, line: number): EvalPrompt {
  const parsed = record.safeParse(value);
  const text = parsed.success ? (parsed.data.prompt ?? parsed.data.text ?? parsed.data.caption) : null;
  if (!parsed.success || text === null || text === undefined || text.trim() === "") {
    throw new FileError(path, `line ${line} has no prompt (a field named prompt, text or caption).`);
  }
  const { key, id, index, truth } = parsed.data;
  const known = captionTruthSchema.safeParse(truth);
  const own = key ?? id ?? index ?? null;
  return {
    key: String(own ?? place).trim(),
    hasOwnKey: own !== null,
    text: text.trim(),
    truth: known.success ? known.data : null,
  };
}
