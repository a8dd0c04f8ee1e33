import type { RunFailure } from "@/lib/schemas/reasons/run-failure";
import type { RunSource, RunState } from "@/lib/schemas/runs";

/** What is known of a run at one moment, counted under its row's lock. */
export interface RunFacts {
  state: RunState;
  source: RunSource;
  /** Whether an upload of samples is coming or being read. */
  uploading: boolean;
  /** Samples wanted. */
  total: number;
  generated: number;
  /** Samples that could not be had. */
  failed: number;
  /** The failures' most frequent message, if there is any. */
  commonFailure: string | null;
  /** The stage that the caller has just finished, if it has. */
  finished: "extracted" | "scored" | null;
}

/** The work that a new state begins with. */
export type Effect = "extract" | "score" | null;

export type Step =
  { kind: "stay" } | { kind: "move"; to: RunState; effect: Effect; failure: RunFailure | null };

/** So many prompts with no sample at all end a run early: a wrong address is told within the minute. */
export const HOPELESS_AFTER = 10;

/** Fewest samples a run is scored from: half of those wanted. */
export function neededSamples(total: number): number {
  return Math.max(1, Math.ceil(total / 2));
}

/** States in which nothing of a run goes on. */
export const ENDED = ["PUBLISHED", "FAILED", "CANCELLED"] as const satisfies RunState[];

export function isFinal(state: RunState): boolean {
  return ENDED.some((ended) => ended === state);
}

/**
 * Where a run goes from here: QUEUED -> GENERATING -> EXTRACTING -> SCORING -> PUBLISHED, or FAILED. One that is
 * PAUSED stays so until a person lets it go on.
 * Pure: the caller holds the row's lock, applies the move and enqueues the effect in one transaction.
 */
export function nextStep(facts: RunFacts): Step {
  const { state, total, generated, failed, finished } = facts;
  switch (state) {
    case "QUEUED":
    case "GENERATING": {
      const needed = neededSamples(total);
      if (facts.source === "UPLOAD") return uploadedStep(facts, needed);
      if (failed > total - needed) return tooFewMade(facts, needed);
      if (generated === 0 && failed >= HOPELESS_AFTER) return tooFewMade(facts, needed);
      if (generated + failed >= total) return move("EXTRACTING", "extract");
      return { kind: "stay" };
    }
    case "EXTRACTING":
      return finished === "extracted" ? move("SCORING", "score") : { kind: "stay" };
    case "SCORING":
      return finished === "scored" ? move("PUBLISHED", null) : { kind: "stay" };
    case "PAUSED":
    case "PUBLISHED":
    case "FAILED":
    case "CANCELLED":
      return { kind: "stay" };
  }
}

/** Uploaded samples are there or missing; what is missing did not fail, and may follow by a further upload. */
function uploadedStep({ uploading, generated, total }: RunFacts, needed: number): Step {
  if (uploading) return { kind: "stay" };
  if (generated >= needed) return move("EXTRACTING", "extract");
  return failed({ code: "too_few_uploaded", here: generated, total, needed });
}

const move = (to: RunState, effect: Effect): Step => ({ kind: "move", to, effect, failure: null });

const failed = (failure: RunFailure): Step => ({ kind: "move", to: "FAILED", effect: null, failure });

function tooFewMade(
  { total, generated, failed: missing, commonFailure: most }: RunFacts,
  needed: number,
): Step {
  return failed(
    generated === 0
      ? { code: "none_made", failed: missing, most }
      : { code: "too_few_made", failed: missing, total, needed, most },
  );
}
