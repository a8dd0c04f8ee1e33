import { useTranslations } from "next-intl";
import Link from "next/link";
import { ProgressLine } from "@/components/judges/progress-line";
import { useFormat } from "@/components/use-format";
import type { QuestionSetSummary } from "@/lib/schemas/judges/judging";

/** The versions there are, and how to make one. */
export function QuestionSets({ sets, shown }: { sets: QuestionSetSummary[]; shown: string | null }) {
  const t = useTranslations("judges.questions");
  const { day } = useFormat();
  if (sets.length === 0) {
    return (
      <p className="card text-muted mt-10 p-8 text-center">
        {t.rich("none", { code: (chunks) => <code translate="no">{chunks}</code> })}
      </p>
    );
  }
  return (
    <ul className="mt-8 grid grid-cols-1 gap-4">
      {sets.map((set) => (
        <li key={set.id} className={`card p-5 ${set.id === shown ? "ring-accent ring-1" : ""}`}>
          <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
            <h2 className="text-xl">
              <Link
                className="hover:text-accent"
                href={`/judges/questions?set=${set.promptSet}&version=${set.version}`}
                aria-current={set.id === shown ? "page" : undefined}
              >
                {t("version", { set: set.promptSet, version: String(set.version) })}
              </Link>
            </h2>
            <p className="text-muted text-sm tabular-nums">
              {t(set.proposedBy === "grammar" ? "sizeByGrammar" : "size", {
                questions: set.questions,
                prompts: set.proposed - set.problems,
                by: set.proposedBy,
              })}
            </p>
          </div>
          {set.proposed < set.prompts && (
            <ProgressLine
              label={t("progress", { done: set.proposed, total: set.prompts })}
              note={t("proposing")}
              share={set.proposed / set.prompts}
            />
          )}
          {set.problems > 0 && (
            <p className="text-alarm mt-2 text-sm">{t("problems", { n: set.problems })}</p>
          )}
          <p className="mt-2 text-sm">
            {set.reviewedAt
              ? t("reviewed", { by: set.reviewedBy ?? "", day: day(set.reviewedAt) })
              : t.rich("unreviewed", {
                  set: set.promptSet,
                  version: String(set.version),
                  code: (chunks) => <code translate="no">{chunks}</code>,
                })}
          </p>
        </li>
      ))}
    </ul>
  );
}
