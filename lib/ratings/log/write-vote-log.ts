import { csvRow } from "@/lib/ratings/log/csv";
import type { VoteLogRow } from "@/lib/schemas/vote-log";

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
  "slug_a",
  "slug_b",
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
