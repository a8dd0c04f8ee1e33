import type { useTranslations } from "next-intl";
import type { Format } from "@/components/format";
import type { StoredJudgePause } from "@/lib/schemas/reasons/judge-pause";
import type { RunView } from "@/lib/schemas/runs";

export type JudgeWords = ReturnType<typeof useTranslations<"judges">>;

/** Why a judge does not go on, and what to do, in the page's language; what an endpoint or an earlier release said is shown as it is. */
export function pauseWords(t: JudgeWords, { fixed }: Format, pause: StoredJudgePause): string {
  if (typeof pause === "string") return pause;
  switch (pause.code) {
    case "budget_spent":
      return t("pauses.budget_spent", { budget: `$${fixed(pause.budgetUsd, 2)}` });
    case "no_answers":
      return t("pauses.no_answers", { calls: pause.calls, said: pause.said });
    case "key_unreadable":
      return pause.said;
    default:
      return t(`pauses.${pause.code}`);
  }
}

/** Why a judge does not go on, and what to do, as the API says it; a reason that an earlier release stored as a sentence is shown as it is. */
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
