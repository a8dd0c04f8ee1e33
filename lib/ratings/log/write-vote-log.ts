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
  "winner_consistency",
  "slug_a",
  "slug_b",
  "images_gone",
] as const satisfies (keyof VoteLogRow)[];

/** The columns of an exported log, each with its type. @param ids whether rows say which vote they are */
export function voteLogColumns(ids = false): { name: keyof VoteLogRow; type: "text" | "number" }[] {
  const names: (keyof VoteLogRow)[] = ids ? [...EXPORTED, "vote_id"] : EXPORTED;
  return names.map((name) => ({ name, type: name === "tstamp" ? "number" : "text" }));
}
