import { useTranslations } from "next-intl";
import Link from "next/link";
import { Explain } from "@/components/explain";
import type { Format } from "@/components/format";
import { reasonWords } from "@/components/judges/standing-text";
import type { JudgeWords } from "@/components/judges/pause-text";
import { ShareBar } from "@/components/judges/share-bar";
import { styleUnit } from "@/components/style-text";
import { useFormat } from "@/components/use-format";
import type { JudgeReport } from "@/lib/schemas/judges/judge-report";

/** The bars a judge must keep to (lib/rubrics/report/standing.ts), as its page draws them. */
type Bars = Record<"accuracy" | "orderFlips" | "failures" | "defectsSeen" | "instructionsWin", number[]>;

/** What a judge is worth on one board: beside people, against itself, and against canaries. */
export function ReportCard({ report, bars }: { report: JudgeReport; bars: Bars }) {
  const t = useTranslations("judges");
  const format = useFormat();
  const { board, standing } = report;
  return (
    <section aria-labelledby={`report-${board.slug}`} className="mt-12">
      <h2 id={`report-${board.slug}`} className="text-3xl">
        {t.rich("report.board", {
          name: board.name,
          link: (chunks) => (
            <Link href={`/leaderboard/${board.slug}`} className="link" translate="no">
              {chunks}
            </Link>
          ),
        })}
      </h2>
      <p
        className={`mt-4 rounded-md px-4 py-3 font-serif text-lg leading-snug ${standing.standing === "demoted" ? "bg-alarm-soft text-alarm" : "bg-sunk"}`}
      >
        {t("standing.state", { standing: standing.standing })}{" "}
        {standing.reasons.map((reason) => reasonWords(t, format, reason)).join(" ")}
      </p>
      <h3 className="mt-8 mb-2 text-xl">{t("report.besidePeople")}</h3>
      <ShareBar
        label={t("report.accuracy")}
        note={t("report.accuracyNote")}
        figure={report.accuracy}
        bars={bars.accuracy}
      />
      <Line label={t("report.kappa")} figure={report.kappa} unit="votes" />
      <Line label={t("report.tau")} figure={report.tau} unit="models" />
      {report.worth && (
        <p className="border-line border-t py-3 text-sm">
          {t("report.worth", {
            pairs: report.worth.judgeOnly,
            extra: Math.max(0, Math.round(report.worth.effectiveVotes - report.worth.votes)),
            votes: report.worth.votes,
            lambda: format.fixed(report.worth.lambda, 2),
            correlation: format.fixed(report.worth.correlation, 2),
          })}
        </p>
      )}
      <h3 className="mt-8 mb-2 text-xl">{t("report.againstItself")}</h3>
      <ShareBar
        label={t("report.orderFlips")}
        note={t("report.orderFlipsNote")}
        figure={report.orderFlips}
        bars={bars.orderFlips}
      />
      <ShareBar label={t("report.firstPlace")} note={t("report.firstPlaceNote")} figure={report.firstPlace} />
      <ShareBar
        label={t("report.failures")}
        note={t("report.failuresNote")}
        figure={report.failures}
        bars={bars.failures}
      />
      <ShareBar label={t("report.refusals")} figure={report.refusals} />
      <p className="border-line border-t py-3 text-sm">{takesText(t, format, report)}</p>
      <h3 className="mt-8 mb-2 text-xl">{t("report.canaries")}</h3>
      <ShareBar
        label={t("report.defectsSeen")}
        note={t("report.defectsSeenNote")}
        figure={report.defectsSeen}
        bars={bars.defectsSeen}
      />
      <div className="sm:pl-6">
        {report.byDefect.map(({ defect, meaning, seen }) => (
          <ShareBar key={defect} label={defect} note={meaning} figure={seen} />
        ))}
      </div>
      <ShareBar
        label={t("report.instructionsWin")}
        note={t("report.instructionsWinNote")}
        figure={report.instructionsWin}
        bars={bars.instructionsWin}
      />
      <h3 className="mt-8 mb-2 text-xl">{t("report.style")}</h3>
      {report.style === null ? (
        <p className="text-muted text-sm">{t("report.styleTooFew")}</p>
      ) : (
        <StyleTable style={report.style} />
      )}
    </section>
  );
}

function takesText(
  t: JudgeWords,
  { dollars, duration }: Format,
  { costPerVerdictUsd: cost, medianLatencyMs }: JudgeReport,
): string {
  const time = duration(medianLatencyMs);
  if (cost === null) return t("report.takesUnknown", { time });
  if (cost.value === 0) return t("report.takesNothing", { time });
  return t("report.takes", { time, cost: dollars(cost.value) });
}

function Line({
  label,
  figure,
  unit,
}: {
  label: string;
  figure: JudgeReport["kappa"];
  unit: "votes" | "models";
}) {
  const t = useTranslations("judges");
  const { fixed } = useFormat();
  return (
    <p className="border-line flex flex-wrap justify-between gap-x-6 border-t py-3 text-sm">
      {label}
      <span className="tabular-nums">
        {figure ? (
          <>
            {fixed(figure.value, 2)}{" "}
            <span className="text-muted text-xs">
              {t(`report.${unit}`, {
                low: fixed(figure.low, 2),
                high: fixed(figure.high, 2),
                n: figure.n,
              })}
            </span>
          </>
        ) : (
          <span className="text-muted">{t("unmeasured")}</span>
        )}
      </span>
    </p>
  );
}

function StyleTable({ style }: { style: NonNullable<JudgeReport["style"]> }) {
  const t = useTranslations("judges.report");
  const { points, signed } = useFormat();
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label={t("styleRegion")}>
      <table className="w-full text-sm">
        <caption className="text-muted mb-2 text-left text-xs">{t("styleCaption")}</caption>
        <thead>
          <tr className="text-muted text-xs">
            {(["property", "judge", "people", "difference"] as const).map((name, at) => (
              <th
                key={name}
                scope="col"
                className={`py-2 pr-4 font-medium ${at === 0 ? "text-left" : "text-right"}`}
              >
                {t(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {style.map(({ name, judge, people, difference }) => (
            <tr key={name} className="border-line border-t">
              <th scope="row" className="py-2 pr-4 text-left font-normal">
                {name} <Explain about={name}>{styleUnit(name)}</Explain>
              </th>
              <td className="py-2 pr-4 text-right tabular-nums">{points(judge)}</td>
              <td className="py-2 pr-4 text-right tabular-nums">{points(people)}</td>
              <td
                className={`py-2 pr-4 text-right tabular-nums ${difference.low > 0 || difference.high < 0 ? "text-alarm" : ""}`}
              >
                {signed(difference.value)}{" "}
                <span className="text-muted text-xs">
                  {t("range", { low: signed(difference.low), high: signed(difference.high) })}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
