import Link from "next/link";
import { useTranslations } from "next-intl";
import { isActive, stateLabel } from "@/components/runs/run-states";
import { useFormat } from "@/components/use-format";
import type { RunSummary } from "@/lib/schemas/views";

/** Runs, newest first, each with how far it is. */
export function RunList({ runs, showModel = true }: { runs: RunSummary[]; showModel?: boolean }) {
  const t = useTranslations("runs");
  const { day } = useFormat();
  return (
    <ul className="border-line divide-line divide-y border-y">
      {runs.map((run) => {
        const share = run.total === 0 ? 0 : Math.min(1, run.done / run.total);
        return (
          <li key={run.runId}>
            <Link
              href={`/runs/${run.runId}`}
              className="hover:bg-paper grid grid-cols-[1fr_auto] items-center gap-x-6 gap-y-2 px-1 py-4 sm:grid-cols-[minmax(0,1fr)_9rem_12rem_7rem] sm:px-3"
            >
              <span className="truncate font-medium" translate="no">
                {showModel ? run.model.name : run.runId}
                {run.label && <span className="text-muted font-normal">, {run.label}</span>}
              </span>
              <span
                className={`text-sm ${run.state === "FAILED" ? "text-alarm" : run.state === "PUBLISHED" ? "text-accent" : "text-muted"}`}
              >
                {stateLabel(t, run)}
                {run.source === "UPLOAD" && (
                  <span className="text-muted block text-xs">{t("list.uploaded")}</span>
                )}
                {run.superseded && <span className="text-muted block text-xs">{t("list.superseded")}</span>}
              </span>
              <span className="flex items-center gap-3 text-sm tabular-nums">
                <span className="bg-sunk h-1.5 w-20 overflow-hidden rounded-full">
                  <span
                    className={`block h-full rounded-full ${isActive(run.state) ? "bg-accent" : "bg-line-strong"}`}
                    style={{ width: `${share * 100}%` }}
                  />
                </span>
                <span className="text-muted">{t("list.progress", { done: run.done, total: run.total })}</span>
              </span>
              <time className="text-muted text-right text-sm" dateTime={run.createdAt} translate="no">
                {day(run.createdAt)}
              </time>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
