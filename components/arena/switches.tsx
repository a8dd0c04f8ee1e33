"use client";

import type { ReactNode } from "react";
import { CRITERION_LABELS, type Criterion } from "@/lib/schemas/criteria";

/** Whether to be asked about single criteria after each vote. */
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
    <Switch on={on} onToggle={onToggle}>
      Also rate {names.join(" and ")}
      <kbd className="hidden [@media(hover:hover)]:lg:inline-flex" aria-hidden="true">
        D
      </kbd>
    </Switch>
  );
}

/** Whether single keys vote: whoever speaks to the computer or types by mistake may turn them off. */
export function KeySwitch({ on, onToggle }: { on: boolean; onToggle: () => void }) {
  return (
    <Switch on={on} onToggle={onToggle}>
      Keyboard shortcuts
    </Switch>
  );
}

function Switch({ on, onToggle, children }: { on: boolean; onToggle: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={on}
      onClick={onToggle}
      className="text-muted hover:text-ink group inline-flex min-h-7 items-center gap-2 text-xs"
    >
      <span
        aria-hidden="true"
        className="bg-line-strong group-aria-checked:bg-accent relative h-4 w-7 shrink-0 rounded-full transition-colors"
      >
        <span className="bg-paper absolute top-0.5 left-0.5 size-3 rounded-full transition-transform group-aria-checked:translate-x-3" />
      </span>
      {children}
    </button>
  );
}
