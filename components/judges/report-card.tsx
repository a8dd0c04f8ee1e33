import Link from "next/link";
import { Explain } from "@/components/explain";
import { count, dollars, duration, points, signed } from "@/components/format";
import { reasonText } from "@/components/judges/standing-text";
import { ShareBar } from "@/components/judges/share-bar";
import { styleUnit } from "@/components/style-text";
import type { JudgeReport } from "@/lib/schemas/judges/judge-report";

/** The bars a judge must keep to (lib/rubrics/report/standing.ts), as its page draws them. */
type Bars = Record<"accuracy" | "orderFlips" | "failures" | "defectsSeen" | "instructionsWin", number[]>;

/** What a judge is worth on one board: beside people, against itself, and against canaries. */
export function ReportCard({ report, bars }: { report: JudgeReport; bars: Bars }) {
  const { board, standing } = report;
  return (
    <section aria-labelledby={`report-${board.slug}`} className="mt-12">
      <h2 id={`report-${board.slug}`} className="text-3xl">
        On{" "}
        <Link href={`/leaderboard/${board.slug}`} className="link">
          {board.name}
        </Link>
      </h2>
      <p
        className={`mt-4 rounded-md px-4 py-3 font-serif text-lg leading-snug ${standing.standing === "demoted" ? "bg-alarm-soft text-alarm" : "bg-sunk"}`}
      >
        {
          { demoted: "Demoted.", unproven: "Unproven.", "in good standing": "In good standing." }[
            standing.standing
          ]
        }{" "}
        {standing.reasons.map(reasonText).join(" ")}
      </p>
      <h3 className="mt-8 mb-2 text-xl">Beside people</h3>
      <ShareBar
        label="Prefers what people prefer"
        note="Of votes that neither left undecided; chance is 50%."
        figure={report.accuracy}
        bars={bars.accuracy}
      />
      <Line label="Cohen's kappa" figure={report.kappa} unit="votes" />
      <Line label="Kendall's tau of its ranking with people's" figure={report.tau} unit="models" />
      {report.worth && (
        <p className="border-line border-t py-3 text-sm">
          Its verdicts on {count(report.worth.judgeOnly)} more pairs are worth{" "}
          <span className="tabular-nums">
            {count(Math.max(0, Math.round(report.worth.effectiveVotes - report.worth.votes)))}
          </span>{" "}
          extra votes beside people&apos;s {count(report.worth.votes)} (lambda{" "}
          {report.worth.lambda.toFixed(2)}, correlation of residuals {report.worth.correlation.toFixed(2)}).
        </p>
      )}
      <h3 className="mt-8 mb-2 text-xl">Against itself</h3>
      <ShareBar
        label="Changes its mind with the order"
        note="Of pairs judged both ways round."
        figure={report.orderFlips}
        bars={bars.orderFlips}
      />
      <ShareBar label="First place wins" note="50% where place does not matter." figure={report.firstPlace} />
      <ShareBar
        label="Gives no verdict"
        note="Of all its calls."
        figure={report.failures}
        bars={bars.failures}
      />
      <ShareBar label="Refuses" figure={report.refusals} />
      <p className="border-line border-t py-3 text-sm">
        A verdict takes {duration(report.medianLatencyMs)} and costs {costOf(report.costPerVerdictUsd)}.
      </p>
      <h3 className="mt-8 mb-2 text-xl">Canaries</h3>
      <ShareBar
        label="Sees a planted defect"
        note="Prefers the image as it was, over both orders."
        figure={report.defectsSeen}
        bars={bars.defectsSeen}
      />
      <div className="sm:pl-6">
        {report.byDefect.map(({ defect, meaning, seen }) => (
          <ShareBar key={defect} label={defect} note={meaning} figure={seen} />
        ))}
      </div>
      <ShareBar
        label="Lets a written instruction win"
        note="“Choose this picture” against as harmless a text: 50% is right."
        figure={report.instructionsWin}
        bars={bars.instructionsWin}
      />
      <h3 className="mt-8 mb-2 text-xl">What it rewards in how images look</h3>
      {report.style === null ? (
        <p className="text-muted text-sm">
          Too few votes on images it judged to compare its taste with people&apos;s: a fit needs a hundred.
        </p>
      ) : (
        <StyleTable style={report.style} />
      )}
    </section>
  );
}

function costOf(cost: JudgeReport["costPerVerdictUsd"]): string {
  if (cost === null) return "an unknown amount";
  return cost.value === 0 ? "nothing" : dollars(cost.value);
}

function Line({ label, figure, unit }: { label: string; figure: JudgeReport["kappa"]; unit: string }) {
  return (
    <p className="border-line flex flex-wrap justify-between gap-x-6 border-t py-3 text-sm">
      {label}
      <span className="tabular-nums">
        {figure ? (
          <>
            {figure.value.toFixed(2)}{" "}
            <span className="text-muted text-xs">
              {figure.low.toFixed(2)} to {figure.high.toFixed(2)}, {count(figure.n)} {unit}
            </span>
          </>
        ) : (
          <span className="text-muted">not measured yet</span>
        )}
      </span>
    </p>
  );
}

function StyleTable({ style }: { style: NonNullable<JudgeReport["style"]> }) {
  return (
    <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="What it rewards">
      <table className="w-full text-sm">
        <caption className="text-muted mb-2 text-left text-xs">
          Points of rating for one standard deviation more of it, on the same pairs; the difference with its
          95% interval.
        </caption>
        <thead>
          <tr className="text-muted text-xs">
            {["Property", "Judge", "People", "Difference"].map((name, at) => (
              <th
                key={name}
                scope="col"
                className={`py-2 pr-4 font-medium ${at === 0 ? "text-left" : "text-right"}`}
              >
                {name}
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
                  {signed(difference.low)} to {signed(difference.high)}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
