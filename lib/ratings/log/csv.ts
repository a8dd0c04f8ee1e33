import { SalonError } from "@/lib/errors";

/** A text that cannot be read, and the line (from 1) where that shows. */
export class LineError extends SalonError {
  readonly line: number;

  constructor(line: number, message: string) {
    super("invalid_request", `line ${line}: ${message}`);
    this.name = "LineError";
    this.line = line;
  }
}

/** The longest row accepted: an unclosed quote must not swallow a whole file. */
const LONGEST_ROW = 4 * 1024 * 1024;

/** What may stand between two fields. */
export type Delimiter = "," | ";" | "\t";

/**
 * An incremental CSV reader (RFC 4180): commas or another delimiter, quotes doubled inside quoted fields, line breaks inside quotes,
 * LF or CRLF, an optional byte-order mark, blank lines skipped. Feed it pieces of text of any length with
 * `push`, then call `end`; each row goes to `onRow` with the line it starts on. Throws {@link LineError}.
 */
export class CsvReader {
  private rest = "";
  private line = 1;
  private started = false;

  constructor(
    private readonly onRow: (fields: string[], line: number) => void,
    private readonly delimiter: Delimiter = ",",
  ) {}

  push(text: string): void {
    let data = this.rest + text;
    if (!this.started && data.length > 0) {
      this.started = true;
      if (data.charCodeAt(0) === 0xfeff) data = data.slice(1);
    }
    this.consume(data, false);
  }

  end(): void {
    this.consume(this.rest, true);
  }

  private consume(data: string, last: boolean): void {
    let start = 0;
    let quote = data.indexOf('"');
    while (start < data.length) {
      const newline = data.indexOf("\n", start);
      const stop = newline < 0 ? data.length : newline;
      while (quote >= 0 && quote < start) quote = data.indexOf('"', start);
      if (quote >= 0 && quote < stop) {
        const next = this.quotedRow(data, start, last);
        if (next < 0) break;
        start = next;
        continue;
      }
      if (newline < 0 && !last) break;
      const end = stop > start && data.charCodeAt(stop - 1) === 13 ? stop - 1 : stop;
      if (end > start) this.onRow(data.slice(start, end).split(this.delimiter), this.line);
      this.line++;
      start = stop + 1;
    }
    this.rest = start >= data.length ? "" : data.slice(start);
    if (this.rest.length > LONGEST_ROW)
      throw new LineError(this.line, "the row is longer than 4 MiB (an unclosed quote?)");
  }

  /** Reads one row that has quotes; returns where the next starts, or -1 when the text ends before the row does. */
  private quotedRow(data: string, start: number, last: boolean): number {
    const fields: string[] = [];
    let lines = 0;
    let at = start;
    for (;;) {
      let field: string;
      if (data[at] === '"') {
        field = "";
        let from = at + 1;
        for (;;) {
          const close = data.indexOf('"', from);
          if (close < 0) {
            if (last) throw new LineError(this.line, "a quoted field is never closed");
            return -1;
          }
          field += data.slice(from, close);
          at = close + 1;
          // The next character may not have arrived yet: it decides whether this quote closes the field.
          if (at >= data.length && !last) return -1;
          if (data[at] !== '"') break;
          field += '"';
          from = at + 1;
        }
        for (let k = field.indexOf("\n"); k >= 0; k = field.indexOf("\n", k + 1)) lines++;
        if (data[at] === "\r" && (data[at + 1] === "\n" || at + 1 >= data.length)) {
          if (at + 1 >= data.length && !last) return -1;
          at++;
        }
        if (at < data.length && data[at] !== this.delimiter && data[at] !== "\n") {
          throw new LineError(this.line + lines, "text follows the closing quote of a field");
        }
      } else {
        let end = at;
        while (end < data.length && data[end] !== this.delimiter && data[end] !== "\n") {
          if (data[end] === '"')
            throw new LineError(this.line + lines, "a quote inside a field that is not quoted");
          end++;
        }
        if (end >= data.length && !last) return -1;
        field = data.slice(at, end);
        if (data[end] !== this.delimiter && field.endsWith("\r")) field = field.slice(0, -1);
        at = end;
      }
      fields.push(field);
      if (data[at] === this.delimiter) {
        at++;
        continue;
      }
      this.onRow(fields, this.line);
      this.line += lines + 1;
      return at + 1;
    }
  }
}

/** One CSV row, quoted only where it must be. */
export function csvRow(fields: readonly string[]): string {
  return fields
    .map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field))
    .join(",");
}
