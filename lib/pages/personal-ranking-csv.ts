import { csvRow } from "@/lib/ratings/log/csv";
import type { PersonalRanking } from "@/lib/schemas/personal-ranking";

/** Columns in order; the JSON's field names. */
const COLUMNS = [
  "rank",
  "rankLow",
  "rankHigh",
  "model",
  "name",
  "rating",
  "ratingLow",
  "ratingHigh",
  "votes",
  "boardRank",
  "boardRating",
] as const satisfies readonly (keyof PersonalRanking["rows"][number])[];

/** A personal ranking as CSV (RFC 4180), one line a model. Missing is empty. */
export function personalRankingCsv({ rows }: PersonalRanking): string {
  const lines = rows.map((row) => COLUMNS.map((column) => String(row[column] ?? "")));
  return [[...COLUMNS], ...lines].map((cells) => `${csvRow(cells)}\r\n`).join("");
}
