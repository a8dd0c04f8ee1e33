import { csvRow } from "@/lib/ratings/log/csv";
import type { Leaderboard, LeaderboardRow } from "@/lib/schemas/leaderboard";

/** Columns in order; the JSON's field names, so that either download reads the same. */
const COLUMNS = [
  "rank",
  "rankLow",
  "rankHigh",
  "model",
  "name",
  "creator",
  "submittedBy",
  "rating",
  "ratingLow",
  "ratingHigh",
  "elo",
  "votes",
  "winRate",
  "pricePerImageUsd",
  "pricePerMegapixelUsd",
  "medianLatencyMs",
  "released",
  "openWeights",
  "paradigm",
  "architecture",
  "representation",
  "textConditioning",
] as const satisfies readonly (keyof LeaderboardRow)[];

/**
 * A board as CSV (RFC 4180): one line a model, metrics as name, name low, name high, name n, name protocol (only
 * values of one protocol may be compared), then a reader's own columns.
 * Missing is empty.
 */
export function leaderboardCsv(board: Leaderboard): string {
  const metrics = [...new Set(board.rows.flatMap((row) => Object.keys(row.metrics)))].sort();
  const parts = ["value", "low", "high", "n", "protocol"] as const;
  const header = metrics.flatMap((name) =>
    parts.map((part) => (part === "value" ? name : `${name} ${part}`)),
  );
  const lines = board.rows.map((row) =>
    csvRow([
      ...COLUMNS.map((column) => cell(row[column])),
      ...metrics.flatMap((name) => parts.map((part) => cell(row.metrics[name]?.[part]))),
      ...board.ownColumns.map(({ values }) => cell(values[row.model])),
    ]),
  );
  const own = board.ownColumns.map(({ name }) => cell(name));
  return [csvRow([...COLUMNS, ...header, ...own]), ...lines].map((line) => `${line}\r\n`).join("");
}

function cell(value: string | number | boolean | null | undefined): string {
  // A text that a spreadsheet would run as a formula is shown as text.
  if (typeof value === "string") return /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return value === null || value === undefined ? "" : String(value);
}
