import type { StoredJudgePause } from "@/lib/schemas/reasons/judge-pause";
import type { RunView } from "@/lib/schemas/runs";

/** Why a judge does not go on, and what to do; a reason that an earlier release stored as a sentence is shown as it is. */
export function pauseText(pause: StoredJudgePause): string {
  if (typeof pause === "string") return pause;
  switch (pause.code) {
    case "budget_spent":
      return `The budget of $${pause.budgetUsd.toFixed(2)} is spent: raise it to go on.`;
    case "no_answers":
      return `The last ${pause.calls} calls brought no answer. ${pause.said}`;
    case "key_unreadable":
      return pause.said;
    case "no_ffmpeg":
      return "It is shown whole videos as MP4 files, and the machine that asks it has no ffmpeg to make them: install it there (apt-get install ffmpeg, brew install ffmpeg), then let the judge go on.";
    case "owner_left":
      return "Whoever added it has left, and took its address along.";
  }
}

/** Why a judge does not go on with a run; null: it does, or has ended. */
export function stoppedText({
  paused,
  pausedFor,
}: Pick<RunView["judging"][number], "paused" | "pausedFor">): string | null {
  if (!paused) return null;
  return pausedFor === null ? "The judge is paused." : pauseText(pausedFor);
}
