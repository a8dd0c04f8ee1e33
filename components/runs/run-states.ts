import type { RunWords } from "@/components/runs/page-text";
import type { RunState, RunView } from "@/lib/schemas/runs";

/** The stages a run goes through, in order. */
export const STAGES = ["QUEUED", "GENERATING", "EXTRACTING", "SCORING", "PUBLISHED"] as const;

/** What a run's state is called. */
export const stateLabel = (t: RunWords, { state, source }: Pick<RunView, "state" | "source">): string =>
  t("state", { state, source });

/** Whether a run still changes by itself. */
export function isActive(state: RunState): boolean {
  return state === "QUEUED" || state === "GENERATING" || state === "EXTRACTING" || state === "SCORING";
}
