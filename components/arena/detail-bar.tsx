"use client";

import type { CriteriaOutcomes, Outcome } from "@/lib/schemas/battles";
import { CRITERION_LABELS, type Criterion } from "@/lib/schemas/criteria";

const CHOICES: { outcome: Outcome; label: string; name: string; key: string }[] = [
  { outcome: "left", label: "A", name: "A is better", key: "A" },
  { outcome: "tie", label: "Tie", name: "Tie", key: "T" },
  { outcome: "both_bad", label: "Neither", name: "Both bad", key: "X" },
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
  onAnswer: (criterion: Criterion, outcome: Outcome) => void;
  onSend: () => void;
}) {
  const current = criteria.find((criterion) => answers[criterion] === undefined);
  return (
    <div className="unveil flex w-full flex-col items-stretch gap-2 md:w-auto md:flex-row md:items-end md:gap-6">
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
                  onAnswer(criterion, outcome);
                }}
                className={`bg-paper hover:border-accent hover:text-accent aria-pressed:bg-accent aria-pressed:text-on-accent aria-pressed:border-accent flex min-h-10 min-w-0 items-center justify-center gap-1.5 rounded-md border px-1.5 text-sm md:min-w-12 ${
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
      <button type="button" data-stage onClick={onSend} className="button-primary min-h-10">
        Show the names
        <kbd className="hidden border-current! bg-transparent! text-inherit! [@media(hover:hover)]:lg:inline-flex">
          ↵
        </kbd>
      </button>
    </div>
  );
}

/** Whether to be asked at all: off, a vote is one key. */
export function DetailSwitch({
  criteria,
  on,
  onToggle,
}: {
  criteria: readonly Criterion[];
  on: boolean;
  onToggle: () => void;
}) {
  const names = criteria.map((criterion) => CRITERION_LABELS[criterion].toLowerCase());
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      onClick={onToggle}
      className="text-muted hover:text-ink group mt-1.5 inline-flex min-h-7 items-center gap-2 text-xs"
    >
      <span
        aria-hidden="true"
        className="bg-line-strong group-aria-checked:bg-accent relative h-4 w-7 shrink-0 rounded-full transition-colors"
      >
        <span className="bg-paper absolute top-0.5 left-0.5 size-3 rounded-full transition-transform group-aria-checked:translate-x-3" />
      </span>
      Then also ask about {names.join(" and ")}
      <kbd className="hidden [@media(hover:hover)]:lg:inline-flex" aria-hidden="true">
        D
      </kbd>
    </button>
  );
}
