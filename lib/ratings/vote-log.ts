import { VOTE_LOG_COLUMNS, WINNER_WORDS } from "@/lib/schemas/vote-log";
import { CRITERIA, type Criterion } from "@/lib/schemas/criteria";
import type { VoteLogField, VoteLogRow } from "@/lib/schemas/vote-log";
import { csvRow, CsvReader, LineError } from "./csv";
import type { Outcome } from "./outcome";

/** One vote read from a log. */
export interface LogVote {
  a: string;
  b: string;
  outcome: Outcome;
  voter?: string;
  prompt?: string;
  category?: string;
  time?: string;
  /** Why it is left out of every rating. */
  excluded?: string;
  /** What it also said of single criteria. */
  criteria?: Partial<Record<Criterion, Outcome>>;
}

/** Reads text in pieces; throws LineError at the first malformed line. */
export interface VoteLogReader {
  push(text: string): void;
  end(): void;
}

/** The format of a log by its file's name: JSON lines for .jsonl, .ndjson and .json, otherwise CSV. */
export function voteLogFormat(file: string): "csv" | "jsonl" {
  return /\.(jsonl|ndjson|json)$/i.test(file) ? "jsonl" : "csv";
}

const FIELDS = Object.keys(VOTE_LOG_COLUMNS) as VoteLogField[];
const WORDS = new Map<string, Outcome>(Object.entries(WINNER_WORDS));
/** Written in the column "excluded" by those who mark every row. */
const NOT_EXCLUDED = new Set(["", "false", "no", "0"]);

/**
 * Reads a vote log in the LMArena layout (model_a, model_b, winner; optional judge, tstamp, prompt, category) or
 * with left/right columns, as CSV with a header or as JSON lines. Other columns are ignored. `onVote` gets each
 * vote with its line, votes marked as excluded too; the first malformed line throws a {@link LineError}, so import
 * nothing before `end` returns.
 */
export function readVoteLog(
  format: "csv" | "jsonl",
  onVote: (vote: LogVote, line: number) => void,
): VoteLogReader {
  return format === "csv" ? csvLog(onVote) : jsonLog(onVote);
}

function csvLog(onVote: (vote: LogVote, line: number) => void): VoteLogReader {
  let columns: Partial<Record<VoteLogField, number>> | null = null;
  let width = 0;
  const rows = new CsvReader((fields, line) => {
    if (columns === null) {
      columns = columnsOf(fields, line);
      width = fields.length;
      return;
    }
    if (fields.length !== width)
      throw new LineError(line, `${fields.length} fields where the header has ${width}`);
    const field = (name: VoteLogField): string | undefined => {
      const at = columns![name];
      return at === undefined ? undefined : fields[at];
    };
    onVote(voteOf(field, line), line);
  });
  return {
    push: (text) => rows.push(text),
    end: () => {
      rows.end();
      if (columns === null)
        throw new LineError(1, "the file is empty: a header with model_a, model_b and winner is needed");
    },
  };
}

function columnsOf(header: string[], line: number): Partial<Record<VoteLogField, number>> {
  const names = header.map((name) => name.trim().toLowerCase());
  const columns: Partial<Record<VoteLogField, number>> = {};
  for (const field of FIELDS) {
    const found = VOTE_LOG_COLUMNS[field].map((alias) => names.indexOf(alias)).filter((at) => at >= 0);
    if (found.length > 0) columns[field] = found[0];
  }
  for (const field of ["a", "b", "winner"] as const) {
    if (columns[field] === undefined) {
      throw new LineError(line, `no column ${VOTE_LOG_COLUMNS[field].join(" or ")} in the header`);
    }
  }
  return columns;
}

function jsonLog(onVote: (vote: LogVote, line: number) => void): VoteLogReader {
  let rest = "";
  let line = 0;
  const read = (text: string): void => {
    line++;
    const trimmed = (line === 1 && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text).trim();
    if (trimmed === "") return;
    let value: unknown;
    try {
      value = JSON.parse(trimmed);
    } catch {
      throw new LineError(line, "not a JSON object");
    }
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw new LineError(line, "not a JSON object");
    const record = value as Record<string, unknown>;
    onVote(
      voteOf((name) => jsonField(record, name), line),
      line,
    );
  };
  return {
    push: (text) => {
      const data = rest + text;
      let start = 0;
      for (let stop = data.indexOf("\n"); stop >= 0; stop = data.indexOf("\n", start)) {
        read(data.slice(start, stop));
        start = stop + 1;
      }
      rest = data.slice(start);
    },
    end: () => {
      if (rest !== "") read(rest);
      rest = "";
    },
  };
}

function jsonField(record: Record<string, unknown>, name: VoteLogField): string | undefined {
  for (const key of VOTE_LOG_COLUMNS[name]) {
    const value = record[key];
    if (value === undefined || value === null) continue;
    return typeof value === "string" ? value : JSON.stringify(value);
  }
  return undefined;
}

function voteOf(field: (name: VoteLogField) => string | undefined, line: number): LogVote {
  const a = field("a")?.trim();
  const b = field("b")?.trim();
  const word = field("winner")?.trim();
  if (!a || !b) throw new LineError(line, "a model's name is missing");
  if (a === b) throw new LineError(line, `${a} is paired with itself`);
  const vote: LogVote = { a, b, outcome: outcomeOf("winner", word, line) };
  for (const key of ["voter", "prompt", "category", "time"] as const) {
    const value = field(key);
    if (value !== undefined && value !== "") vote[key] = value;
  }
  const excluded = field("excluded")?.trim();
  if (excluded !== undefined && !NOT_EXCLUDED.has(excluded.toLowerCase())) vote.excluded = excluded;
  for (const criterion of CRITERIA) {
    const said = field(criterion)?.trim();
    if (said === undefined || said === "") continue;
    (vote.criteria ??= {})[criterion] = outcomeOf(VOTE_LOG_COLUMNS[criterion][0], said, line);
  }
  return vote;
}

function outcomeOf(column: string, word: string | undefined, line: number): Outcome {
  const outcome = word === undefined ? undefined : WORDS.get(word);
  if (outcome !== undefined) return outcome;
  const shown = word === undefined ? "missing" : JSON.stringify(word.slice(0, 40));
  throw new LineError(line, `${column} is ${shown}, not one of ${[...WORDS.keys()].join(", ")}`);
}

/** Columns of an exported log, in order. */
const EXPORTED = [
  "model_a",
  "model_b",
  "winner",
  "judge",
  "tstamp",
  "prompt",
  "category",
  "excluded",
  "winner_aesthetics",
  "winner_prompt_following",
  "winner_motion",
] as const satisfies (keyof VoteLogRow)[];

const columnsWith = (ids: boolean): readonly (keyof VoteLogRow)[] =>
  ids ? [...EXPORTED, "vote_id"] : EXPORTED;

/** The header line of an exported CSV log. @param ids whether rows say which vote they are */
export function voteLogHeader(ids = false): string {
  return csvRow(columnsWith(ids));
}

/** One line of an exported log, without its line break; reads back as the same vote. */
export function voteLogLine(format: "csv" | "jsonl", row: VoteLogRow): string {
  if (format === "jsonl") return JSON.stringify(row);
  return csvRow(
    columnsWith(row.vote_id !== undefined).map((name) => (row[name] === undefined ? "" : String(row[name]))),
  );
}
