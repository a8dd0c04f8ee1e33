"use client";

import { useTranslations } from "next-intl";
import type { Outcome } from "@/lib/schemas/battles";

const CHOICES: { outcome: Outcome; keys: string[] }[] = [
  { outcome: "left", keys: ["←", "A"] },
  { outcome: "tie", keys: ["T"] },
  { outcome: "both_bad", keys: ["X"] },
  { outcome: "right", keys: ["→", "B"] },
];

/** The four answers, with their keys. It stays where it is on every stage, so that nothing else is ever clicked there. */
export function VoteBar({
  onVote,
  chosen,
  disabled,
  showsKeys,
}: {
  onVote: (outcome: Outcome, at: number) => void;
  chosen: Outcome | null;
  disabled: boolean;
  showsKeys: boolean;
}) {
  const t = useTranslations("arena");
  return (
    <div role="group" aria-label={t("yourVote")} className="grid w-full grid-cols-4 gap-2 lg:gap-3">
      {CHOICES.map(({ outcome, keys }) => (
        <button
          key={outcome}
          type="button"
          data-stage
          disabled={disabled}
          aria-pressed={chosen === outcome}
          onClick={(event) => onVote(outcome, event.timeStamp)}
          className="button border-line-strong bg-paper group-data-[pointer=moved]/stage:enabled:hover:border-accent group-data-[pointer=moved]/stage:enabled:hover:text-accent aria-pressed:bg-accent aria-pressed:text-on-accent aria-pressed:border-accent min-h-12 border px-1 leading-tight whitespace-normal aria-pressed:opacity-100 md:min-w-28 md:px-3 lg:min-w-36"
        >
          <span className="md:hidden">{t("shortChoice", { outcome })}</span>
          <span className="hidden md:inline">{t("choice", { outcome })}</span>
          {showsKeys && (
            <span className="hidden gap-1 [@media(hover:hover)]:lg:inline-flex" aria-hidden="true">
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </span>
          )}
        </button>
      ))}
    </div>
  );
}
