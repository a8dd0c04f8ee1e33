"use client";

import type { CriteriaOutcomes, Outcome } from "@/lib/schemas/battles";
import { CRITERION_LABELS, type Criterion } from "@/lib/schemas/criteria";

const CHOICES: { outcome: Outcome; label: string; name: string; key: string }[] = [
  { outcome: "left", label: "A", name: "A is better", key: "A" },
  { outcome: "tie", label: "Tie", name: "Tie", key: "T" },
  { outcome: "both_bad", label: "Both bad", name: "Both bad", key: "X" },
  { outcome: "right", label: "B", name: "B is better", key: "B" },
];

/** After the vote, while the names are covered: which was better by each criterion. Any may be left out. */
export function DetailBar({
  criteria,
  answers,
  onAnswer,
  onSend,
}: {
  criteria: readonly Criterion[];
  answers: CriteriaOutcomes;
  onAnswer: (outcome: Outcome, at: number, criterion: Criterion) => void;
  onSend: (at: number) => void;
}) {
  const current = criteria.find((criterion) => answers[criterion] === undefined);
  return (
    <div className="appear flex w-full flex-col items-stretch gap-2 md:w-auto md:flex-row md:items-end md:gap-6">
      {criteria.map((criterion) => (
        <div
          key={criterion}
          role="group"
          aria-label={`${CRITERION_LABELS[criterion]}: which is better?`}
          className="grid grid-cols-[7.5rem_minmax(0,1fr)] items-center gap-2 md:block"
        >
          <p className={`text-sm md:mb-1 ${criterion === current ? "text-ink" : "text-muted"}`}>
            {CRITERION_LABELS[criterion]}
            {criterion === current && <span className="sr-only">, answered by the next key</span>}
          </p>
          <div className="grid grid-cols-4 gap-1.5">
            {CHOICES.map(({ outcome, label, name, key }) => (
              <button
                key={outcome}
                type="button"
                aria-label={name}
                aria-pressed={answers[criterion] === outcome}
                onClick={(event) => {
                  // A click must not keep the keys from what follows.
                  if (event.detail > 0) event.currentTarget.blur();
                  onAnswer(outcome, event.timeStamp, criterion);
                }}
                className={`bg-paper group-data-[pointer=moved]/stage:hover:border-accent group-data-[pointer=moved]/stage:hover:text-accent aria-pressed:bg-accent aria-pressed:text-on-accent aria-pressed:border-accent flex min-h-10 min-w-0 items-center justify-center gap-1.5 rounded-md border px-1.5 text-sm md:min-w-12 ${
                  criterion === current ? "border-accent" : "border-line-strong"
                }`}
              >
                {label}
                {criterion === current && (
                  <kbd className="hidden [@media(hover:hover)]:lg:inline-flex" aria-hidden="true">
                    {key}
                  </kbd>
                )}
              </button>
            ))}
          </div>
        </div>
      ))}
      <button
        type="button"
        data-stage
        onClick={(event) => onSend(event.timeStamp)}
        className="button-primary min-h-10"
      >
        Show the names
        <kbd className="hidden border-current! bg-transparent! text-inherit! [@media(hover:hover)]:lg:inline-flex">
          ↵
        </kbd>
      </button>
    </div>
  );
}
