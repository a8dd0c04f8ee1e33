"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useSwitch } from "@/components/arena/use-switch";
import type { Criterion } from "@/lib/schemas/criteria";

const DETAILS_KEY = "D";

/** What a voter sets for themselves, kept in the browser. */
export function useArenaSwitches() {
  const [asksDetails, toggleDetails] = useSwitch("salon-details", false);
  const [undoes, toggleUndo] = useSwitch("salon-undo", true);
  const [showsElo, toggleElo] = useSwitch("salon-elo", false);
  const [takesKeys, toggleKeys] = useSwitch("salon-keys", true);
  return {
    /** Whether to be asked about single criteria after each vote. */
    asksDetails,
    toggleDetails,
    /** Whether a vote may be undone for a moment; without, the names appear at once. */
    undoes,
    toggleUndo,
    /** Whether it is shown how a vote moved the two Elos. */
    showsElo,
    toggleElo,
    /** Whether single keys vote. */
    takesKeys,
    toggleKeys,
  };
}

/** Below the votes: a way past the pair, what else may be done with it, and the switches. */
export function ArenaSwitches({
  switches,
  criteria,
  onSkip,
  children,
}: {
  switches: ReturnType<typeof useArenaSwitches>;
  /** What may be asked of single votes. */
  criteria: readonly Criterion[];
  /** null: there is no pair to skip, or it may not be skipped yet. */
  onSkip: (() => void) | null;
  children?: ReactNode;
}) {
  const { asksDetails, undoes, showsElo, takesKeys } = switches;
  const t = useTranslations("arena");
  const names = criteria.map((criterion) => t("criterionInText", { criterion }));
  const list = useFormatter().list(names);
  return (
    <div className="mt-2 flex min-h-7 flex-wrap justify-center gap-x-6">
      <button
        type="button"
        disabled={onSkip === null}
        onClick={onSkip ?? undefined}
        className="text-muted hover:text-ink min-h-7 text-xs underline underline-offset-2 disabled:invisible"
      >
        {t("skipPair")}
      </button>
      {children}
      {criteria.length > 0 && (
        <Switch on={asksDetails} onToggle={switches.toggleDetails}>
          {t("alsoRate", { criteria: list })}
          <kbd className="hidden [@media(hover:hover)]:lg:inline-flex" aria-hidden="true">
            {DETAILS_KEY}
          </kbd>
        </Switch>
      )}
      <Switch on={undoes} onToggle={switches.toggleUndo}>
        {t("undoTime")}
      </Switch>
      <Switch on={showsElo} onToggle={switches.toggleElo}>
        {t("elo")}
      </Switch>
      <KeySwitch on={takesKeys} onToggle={switches.toggleKeys} />
    </div>
  );
}

/** Whether single keys vote: whoever speaks to the computer or types by mistake may turn them off. */
export function KeySwitch({ on, onToggle }: { on: boolean; onToggle: () => void }) {
  const t = useTranslations("arena");
  return (
    <Switch on={on} onToggle={onToggle}>
      {t("shortcuts")}
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
