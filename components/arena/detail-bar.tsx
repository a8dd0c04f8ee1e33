"use client";

import { useTranslations } from "next-intl";
import type { CriteriaOutcomes, Outcome } from "@/lib/schemas/battles";
import type { Criterion } from "@/lib/schemas/criteria";

const CHOICES: { outcome: Outcome; key: string }[] = [
  { outcome: "left", key: "A" },
  { outcome: "tie", key: "T" },
  { outcome: "both_bad", key: "X" },
  { outcome: "right", key: "B" },
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
  const t = useTranslations("arena");
  const current = criteria.find((criterion) => answers[criterion] === undefined);
  return (
    <div className="appear flex w-full flex-col items-stretch gap-2 md:w-auto md:flex-row md:items-end md:gap-6">
      {criteria.map((criterion) => (
        <div
          key={criterion}
          role="group"
          aria-label={t("whichIsBetter", { criterion })}
          className="grid grid-cols-[7.5rem_minmax(0,1fr)] items-center gap-2 md:block"
        >
          <p className={`text-sm md:mb-1 ${criterion === current ? "text-ink" : "text-muted"}`}>
            {t("criterion", { criterion })}
            {criterion === current && <span className="sr-only">{t("nextKey")}</span>}
          </p>
          <div className="grid grid-cols-4 gap-1.5">
            {CHOICES.map(({ outcome, key }) => (
              <button
                key={outcome}
                type="button"
                aria-label={t("choice", { outcome })}
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
                <span className="md:hidden">{t("tinyChoice", { outcome })}</span>
                <span className="hidden md:inline">{t("shortChoice", { outcome })}</span>
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
        {t("showNames")}
        <kbd className="hidden border-current! bg-transparent! text-inherit! [@media(hover:hover)]:lg:inline-flex">
          ↵
        </kbd>
      </button>
    </div>
  );
}
