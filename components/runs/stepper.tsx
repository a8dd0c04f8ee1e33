import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { STAGES, stateLabel } from "@/components/runs/run-states";
import type { RunSource, RunState } from "@/lib/schemas/runs";

/** Where a run stands among its stages. `reached` is the furthest stage of a run that stopped on the way. */
export function Stepper({
  state,
  reached,
  source,
}: {
  state: RunState;
  reached: (typeof STAGES)[number];
  source: RunSource;
}) {
  const t = useTranslations("runs");
  const stopped = state === "FAILED" || state === "CANCELLED" || state === "PAUSED";
  const at = STAGES.indexOf(stopped ? reached : state);
  return (
    <ol className="grid gap-3 sm:grid-cols-5 sm:gap-2">
      {STAGES.map((stage, index) => {
        const done = index < at || state === "PUBLISHED";
        const here = index === at && state !== "PUBLISHED";
        return (
          <li key={stage} aria-current={here ? "step" : undefined} className="flex gap-3 sm:block">
            <span className="hidden h-1 w-full overflow-hidden rounded-full bg-(--sunk) sm:block">
              <span
                className={`block h-full ${done ? "bg-accent w-full" : here ? (stopped ? "bg-alarm w-1/2" : "bg-accent w-1/2") : "w-0"}`}
              />
            </span>
            <span
              className={`grid size-6 shrink-0 place-items-center rounded-full border text-xs sm:mt-3 ${
                done
                  ? "bg-accent text-on-accent border-transparent"
                  : here
                    ? stopped
                      ? "border-alarm text-alarm"
                      : "border-accent text-accent"
                    : "border-line-strong text-muted"
              }`}
            >
              {done ? <Check className="size-3.5" aria-hidden="true" /> : index + 1}
            </span>
            <span className="sm:mt-2 sm:block">
              <span className={`block text-sm font-medium ${done || here ? "" : "text-muted"}`}>
                {stateLabel(t, { state: here && stopped ? state : stage, source })}
              </span>
              <span className="text-muted block text-xs">{t("stage", { stage, source })}</span>
            </span>
          </li>
        );
      })}
    </ol>
  );
}
