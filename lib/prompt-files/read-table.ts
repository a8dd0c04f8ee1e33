import { CsvReader, LineError, type Delimiter } from "@/lib/ratings/log/csv";
import { hasText } from "@/lib/prompt-files/columns";
import type { Problems } from "@/lib/prompt-files/prompt-file";

/** What stands in a file, before it is known to be a prompt. */
export interface Entry {
  fields: Record<string, unknown>;
  line: number | null;
  entry: number | null;
}

export interface Table {
  delimiter: Delimiter;
  header: string[];
  rows: Entry[];
}

const SEPARATORS: Delimiter[] = ["\t", ",", ";"];

/** The separator of a table by its first line, and the names between; null where none of them names prompts. */
export function sniffTable(text: string): { delimiter: Delimiter; header: string[] } | null {
  const line = firstLine(text);
  for (const delimiter of SEPARATORS) {
    const header = splitHeader(line, delimiter);
    if (header !== null && header.length > 1 && hasText(header)) return { delimiter, header };
  }
  const alone = splitHeader(line, ",");
  return alone?.length === 1 && hasText(alone) ? { delimiter: ",", header: alone } : null;
}

/** The names of a first line that name no prompts, to say which they are. */
export function headerOf(text: string): string[] {
  const line = firstLine(text);
  const split = SEPARATORS.map((delimiter) => splitHeader(line, delimiter) ?? []);
  return split.reduce((most, each) => (each.length > most.length ? each : most));
}

const firstLine = (text: string): string => text.slice(0, 65_536).split("\n", 1)[0];

function splitHeader(line: string, delimiter: Delimiter): string[] | null {
  let header: string[] | null = null;
  try {
    const reader = new CsvReader((fields) => (header ??= fields), delimiter);
    reader.push(line);
    reader.end();
  } catch (error) {
    if (!(error instanceof LineError)) throw error;
  }
  return header;
}

/**
 * Rows under their header's names, the lines they start on kept. Of a table between tabs whose quotes do not pair up, quotes are text:
 * the field's own .tsv files do not quote.
 * @returns null, with the problem noted, when it cannot be read
 */
export function readTable(
  text: string,
  { delimiter, file }: { delimiter: Delimiter; file: string | null },
  problems: Problems,
): Table | null {
  try {
    return tableOf(quotedRows(text, delimiter), delimiter, file, problems);
  } catch (error) {
    if (!(error instanceof LineError)) throw error;
    if (delimiter === "\t") {
      problems.warning("quotes_kept", { file, line: error.line, entry: null });
      return tableOf(plainRows(text), delimiter, file, problems);
    }
    const value = error.message.replace(/^line \d+: /, "");
    problems.error("bad_csv", { file, line: error.line, entry: null }, { value });
    return null;
  }
}

type Row = { fields: string[]; line: number };

function quotedRows(text: string, delimiter: Delimiter): Row[] {
  const rows: Row[] = [];
  const reader = new CsvReader((fields, line) => rows.push({ fields, line }), delimiter);
  reader.push(text);
  reader.end();
  return rows;
}

const plainRows = (text: string): Row[] =>
  text.split("\n").flatMap((line, at) => {
    const plain = line.endsWith("\r") ? line.slice(0, -1) : line;
    return plain === "" ? [] : [{ fields: plain.split("\t"), line: at + 1 }];
  });

function tableOf(rows: Row[], delimiter: Delimiter, file: string | null, problems: Problems): Table {
  const header = rows[0].fields.map((name, at) => name.trim() || `column ${at + 1}`);
  const entries: Entry[] = [];
  for (const { fields, line } of rows.slice(1)) {
    const excess = fields.slice(header.length).some((field) => field.trim() !== "");
    if (excess) {
      const facts = { count: fields.length, limit: header.length };
      problems.error("row_too_wide", { file, line, entry: null }, facts);
      continue;
    }
    const named = header.map((name, at): [string, string] => [name, fields[at] ?? ""]);
    entries.push({ fields: Object.fromEntries(named), line, entry: null });
  }
  return { delimiter, header, rows: entries };
}
