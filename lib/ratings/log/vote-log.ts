import { JSONParser } from "@streamparser/json";
import { VOTE_LOG_COLUMNS, WINNER_COLUMNS, type VoteLogField } from "@/lib/schemas/vote-log";
import { SalonError } from "@/lib/errors";
import { CsvReader, LineError, type Delimiter } from "@/lib/ratings/log/csv";
import { voteOf, type LogVote, type VoteLogOptions } from "@/lib/ratings/log/log-vote";
import type { Outcome } from "@/lib/ratings/outcome";

/** Reads text in pieces; throws LineError at the first malformed line. */
export interface VoteLogReader {
  push(text: string): void;
  end(): void;
}

/** CSV with a header, JSON lines, or one JSON array of objects. */
export type VoteLogFormat = "csv" | "jsonl" | "json";

const FIELDS = Object.keys(VOTE_LOG_COLUMNS) as VoteLogField[];
/** A header longer than this is none. */
const LONGEST_HEADER = 64 * 1024;

type OnVote = (vote: LogVote, line: number) => void;

/**
 * Reads a vote log in the LMArena layout (model_a, model_b, winner; optional judge, tstamp, prompt, category, anony) or
 * with left/right columns. The format is told from the text: JSON lines, one JSON array (as LMArena and GenAI-Arena publish theirs),
 * or CSV with commas, tabs or semicolons and any line ends. Other columns are ignored. `onVote` gets each vote with its line (its
 * place in a JSON array), votes marked as excluded too; the first malformed line throws a {@link LineError}, so import
 * nothing before `end` returns. A log without votes is refused.
 */
export function readVoteLog(onVote: OnVote, options: VoteLogOptions = {}): VoteLogReader {
  let votes = 0;
  const counted: OnVote = (vote, line) => {
    votes++;
    onVote(vote, line);
  };
  let reader: VoteLogReader | null = null;
  let start = "";
  /** Only carriage returns end lines (old Macintosh files). */
  let onlyReturns = false;
  const feed = (text: string) => reader!.push(onlyReturns ? text.replaceAll("\r", "\n") : text);
  const open = () => {
    const { format, delimiter, lineEnd } = sniff(start);
    onlyReturns = lineEnd === "\r";
    reader =
      format === "csv"
        ? csvLog(counted, delimiter, options)
        : format === "json"
          ? jsonArrayLog(counted, options)
          : jsonLog(counted, options);
    feed(start.replace(/^\ufeff/, ""));
    start = "";
  };
  return {
    push: (text) => {
      if (reader !== null) return feed(text);
      start += text;
      // A carriage return at the very end may be half of a line end.
      if (/\S[^\n]*(\n|\r[^\n])/.test(start) || start.length > LONGEST_HEADER) open();
    },
    end: () => {
      if (reader === null) open();
      reader!.end();
      if (votes === 0) throw new LineError(1, "the log holds no votes");
    },
  };
}

/** What a log is, by its first line. */
function sniff(text: string): { format: VoteLogFormat; delimiter: Delimiter; lineEnd: "\n" | "\r" } {
  const body = text.replace(/^\ufeff?\s*/, "");
  const lineEnd = !text.includes("\n") && /\r[^\n]/.test(text) ? "\r" : "\n";
  if (body.startsWith("[")) return { format: "json", delimiter: ",", lineEnd };
  if (body.startsWith("{")) return { format: "jsonl", delimiter: ",", lineEnd };
  const header = body.split(/[\r\n]/, 1)[0];
  const count = (delimiter: Delimiter) => header.split(delimiter).length;
  const delimiter = ([",", "\t", ";"] as const).reduce((best, other) =>
    count(other) > count(best) ? other : best,
  );
  return { format: "csv", delimiter, lineEnd };
}

function csvLog(onVote: OnVote, delimiter: Delimiter, options: VoteLogOptions): VoteLogReader {
  let columns: Partial<Record<VoteLogField, number>> | null = null;
  let winners: [number, Outcome][] = [];
  let width = 0;
  const rows = new CsvReader((fields, line) => {
    if (columns === null) {
      winners = winnerColumns(fields);
      columns = columnsOf(fields, line, winners.length > 0);
      width = fields.length;
      return;
    }
    if (fields.length !== width)
      throw new LineError(line, `${fields.length} fields where the header has ${width}`);
    const field = (name: VoteLogField): string | undefined => {
      const at = columns![name];
      if (at === undefined) return name === "winner" ? oneHot(winners, fields, line) : undefined;
      return fields[at];
    };
    onVote(voteOf(field, line, options), line);
  }, delimiter);
  return {
    push: (text) => rows.push(text),
    end: () => {
      rows.end();
      if (columns === null)
        throw new LineError(1, "the file is empty: a header with model_a, model_b and winner is needed");
    },
  };
}

/** Where the three columns of LMArena's 55k release are; none: the log has another layout. */
function winnerColumns(header: string[]): [number, Outcome][] {
  const names = header.map((name) => name.trim().toLowerCase());
  const found = Object.entries(WINNER_COLUMNS).map(([name, outcome]): [number, Outcome] => [
    names.indexOf(name),
    outcome,
  ]);
  return found.every(([at]) => at >= 0) ? found : [];
}

function oneHot(winners: [number, Outcome][], fields: string[], line: number): string {
  const said = winners.filter(([at]) => Number(fields[at]) === 1);
  const rest = winners.filter(([at]) => Number(fields[at]) !== 1 && Number(fields[at] || "0") !== 0);
  if (said.length !== 1 || rest.length > 0)
    throw new LineError(
      line,
      `of ${Object.keys(WINNER_COLUMNS).join(", ")} exactly one must be 1, the others 0`,
    );
  return said[0][1];
}

function columnsOf(
  header: string[],
  line: number,
  hasWinners: boolean,
): Partial<Record<VoteLogField, number>> {
  const names = header.map((name) => name.trim().toLowerCase());
  const columns: Partial<Record<VoteLogField, number>> = {};
  for (const field of FIELDS) {
    const found = VOTE_LOG_COLUMNS[field].map((alias) => names.indexOf(alias)).filter((at) => at >= 0);
    if (found.length > 0) columns[field] = found[0];
  }
  for (const field of ["a", "b", "winner"] as const) {
    if (columns[field] === undefined && !(field === "winner" && hasWinners)) {
      throw new LineError(line, `no column ${VOTE_LOG_COLUMNS[field].join(" or ")} in the header`);
    }
  }
  return columns;
}

/** One JSON array of objects; what is told as the line is the entry's place, from 1. */
function jsonArrayLog(onVote: OnVote, options: VoteLogOptions): VoteLogReader {
  const parser = new JSONParser({ paths: ["$.*"], keepStack: false });
  let entry = 0;
  let failure: unknown;
  parser.onValue = ({ value }) => {
    entry++;
    try {
      onVote(recordOf(value, entry, options), entry);
    } catch (error) {
      // The parser would take what is thrown here for a fault of the JSON.
      failure ??= error;
    }
  };
  parser.onError = (error) => {
    failure ??= error;
  };
  const guard = (work: () => void) => {
    work();
    if (failure instanceof SalonError || failure instanceof RangeError) throw failure;
    if (failure !== undefined) throw new LineError(entry + 1, "not JSON from this entry of the array on");
  };
  return {
    push: (text) => guard(() => parser.write(text)),
    end: () => {
      if (!parser.isEnded) guard(() => parser.end());
      if (!parser.isEnded) throw new LineError(entry + 1, "the JSON array is never closed");
    },
  };
}

/** The vote of a JSON object. */
function recordOf(value: unknown, line: number, options: VoteLogOptions): LogVote {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new LineError(line, "not a JSON object");
  const record = value as Record<string, unknown>;
  return voteOf((name) => jsonField(record, name), line, options);
}

function jsonLog(onVote: OnVote, options: VoteLogOptions): VoteLogReader {
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
    onVote(recordOf(value, line, options), line);
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
