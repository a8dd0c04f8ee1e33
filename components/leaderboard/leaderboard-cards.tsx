import Link from "next/link";
import {
  counted,
  day,
  dollars,
  duration,
  percent,
  points,
  rankSpread,
  significant,
  yesNo,
} from "@/components/format";
import { AxisTicks, IntervalBar, type Axis } from "@/components/interval-bar";
import { FilesBadge } from "@/components/runs/files-badge";
import { MetricFigure } from "@/components/leaderboard/metric-figure";
import { ProvisionalMark } from "@/components/leaderboard/provisional-mark";
import { metricNames } from "@/components/leaderboard/metric-names";
import { VisitorMark } from "@/components/visitor-mark";
import type { Leaderboard, LeaderboardRow } from "@/lib/schemas/leaderboard";
import { describeMetric } from "@/lib/schemas/metrics/describe-metric";

/** The board on a phone: a card a model, the rest behind one tap. */
export function LeaderboardCards({
  rows,
  axis,
  own,
}: {
  rows: LeaderboardRow[];
  axis: Axis | null;
  own: Leaderboard["ownColumns"];
}) {
  const metrics = metricNames(rows);
  return (
    <ol className="mt-5 grid gap-3 md:hidden">
      {rows.map((row) => (
        <li key={row.modelId} className="card p-4">
          <div className="flex items-baseline gap-3">
            <span className="font-serif text-2xl tabular-nums">{rankSpread(row.rankLow, row.rankHigh)}</span>
            <span className="min-w-0 flex-1">
              <Link href={`/models/${row.model}`} className="block truncate font-medium">
                {row.name}
              </Link>
              <span className="text-muted block truncate text-sm">
                {row.creator} <VisitorMark submittedBy={row.submittedBy} />{" "}
                <ProvisionalMark provisional={row.provisional} />
              </span>
              <FilesBadge files={row.files} runId={row.bestRun} />
            </span>
            <span className="text-right">
              <span className="block text-lg tabular-nums">{points(row.rating)}</span>
              <span className="text-muted block text-xs">{counted(row.votes, "vote")}</span>
            </span>
          </div>
          {axis && row.rating !== null && row.ratingLow !== null && row.ratingHigh !== null && (
            <div className="mt-2">
              <IntervalBar
                value={row.rating}
                low={row.ratingLow}
                high={row.ratingHigh}
                axis={axis}
                strong={row.rankLow === 1}
              />
              <AxisTicks axis={axis} />
            </div>
          )}
          <dl className="mt-3 grid grid-cols-2 gap-3 text-sm">
            {metrics.map((name) => (
              <div key={name}>
                <dt className="text-muted text-xs">{describeMetric(name).label}</dt>
                <dd className="mt-0.5 text-base">
                  <MetricFigure name={name} metric={row.metrics[name]} />
                </dd>
              </div>
            ))}
            {own.map(({ name, formula, values }, index) => (
              <div key={`${index} ${formula}`}>
                <dt className="text-muted text-xs">{name}</dt>
                <dd className="mt-0.5 text-base tabular-nums">{significant(values[row.model] ?? null)}</dd>
              </div>
            ))}
          </dl>
          <details className="mt-3 text-sm">
            <summary className="text-muted py-1">All facts</summary>
            <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5">
              {facts(row).map(([label, value]) => (
                <div key={label} className="contents">
                  <dt className="text-muted">{label}</dt>
                  <dd className="text-right tabular-nums">{value}</dd>
                </div>
              ))}
            </dl>
          </details>
        </li>
      ))}
    </ol>
  );
}

function facts(row: LeaderboardRow): [string, string][] {
  return [
    ["95% interval", row.ratingLow === null ? "–" : `${points(row.ratingLow)} to ${points(row.ratingHigh)}`],
    ["Elo", points(row.elo)],
    ["Win rate", percent(row.winRate)],
    ["Per 1k images", dollars(row.pricePerImageUsd === null ? null : row.pricePerImageUsd * 1000)],
    ["Per megapixel", dollars(row.pricePerMegapixelUsd)],
    ["Latency", duration(row.medianLatencyMs)],
    ["Released", day(row.released)],
    ["Open weights", yesNo(row.openWeights)],
    ["Paradigm", row.paradigm ?? "–"],
    ["Architecture", row.architecture ?? "–"],
    ["Representation", row.representation ?? "–"],
    ["Text conditioning", row.textConditioning ?? "–"],
  ];
}
