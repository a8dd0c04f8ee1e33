import type { RunState } from "@/lib/schemas/runs";

/** The stages a run goes through, in order. */
export const STAGES = ["QUEUED", "GENERATING", "EXTRACTING", "SCORING", "PUBLISHED"] as const;

export const STATE_LABEL: Record<RunState, string> = {
  QUEUED: "Queued",
  GENERATING: "Generating",
  EXTRACTING: "Embedding",
  SCORING: "Scoring",
  PUBLISHED: "Published",
  FAILED: "Failed",
  CANCELLED: "Cancelled",
};

/** What happens in a stage. */
export const STAGE_MEANING: Record<(typeof STAGES)[number], string> = {
  QUEUED: "Waiting for a worker",
  GENERATING: "The endpoint makes one picture a prompt",
  EXTRACTING: "The encoder reads every picture",
  SCORING: "Distance and grader, with intervals",
  PUBLISHED: "Scores are final",
};

/** Whether a run still changes by itself. */
export function isActive(state: RunState): boolean {
  return state === "QUEUED" || state === "GENERATING" || state === "EXTRACTING" || state === "SCORING";
}
