"use client";

import type { Outcome } from "@/lib/schemas/battles";

const CHOICES: { outcome: Outcome; label: string; short: string; keys: string[] }[] = [
  { outcome: "left", label: "A is better", short: "A", keys: ["←", "A"] },
  { outcome: "tie", label: "Tie", short: "Tie", keys: ["↓", "T"] },
  { outcome: "both_bad", label: "Both bad", short: "Both bad", keys: ["↑", "X"] },
  { outcome: "right", label: "B is better", short: "B", keys: ["→", "B"] },
];

/** The four answers, with their keys. */
export function VoteBar({
  onVote,
  chosen,
  disabled,
}: {
  onVote: (outcome: Outcome) => void;
  chosen: Outcome | null;
  disabled: boolean;
}) {
  return (
    <div
      role="group"
      aria-label="Your vote"
      className="grid w-full grid-cols-4 gap-2 md:flex md:justify-center md:gap-3"
    >
      {CHOICES.map(({ outcome, label, short, keys }) => (
        <button
          key={outcome}
          type="button"
          data-stage
          disabled={disabled}
          aria-pressed={chosen === outcome}
          onClick={() => onVote(outcome)}
          className="button border-line-strong bg-paper hover:border-accent hover:text-accent aria-pressed:bg-accent aria-pressed:text-on-accent aria-pressed:border-accent min-h-12 border px-1 aria-pressed:opacity-100 md:min-w-36 md:px-5"
        >
          <span className="md:hidden">{short}</span>
          <span className="hidden md:inline">{label}</span>
          <span className="hidden gap-1 [@media(hover:hover)]:lg:inline-flex" aria-hidden="true">
            {keys.map((key) => (
              <kbd key={key}>{key}</kbd>
            ))}
          </span>
        </button>
      ))}
    </div>
  );
}
