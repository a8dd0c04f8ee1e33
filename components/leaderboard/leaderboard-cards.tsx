import Link from "next/link";
import {
  networkSize,
  count,
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
import { samplesWord } from "@/components/sample-word";
import { VisitorMark } from "@/components/visitor-mark";
import type { Leaderboard, LeaderboardRow } from "@/lib/schemas/leaderboard";
import { describeMetric } from "@/lib/schemas/metrics/describe-metric";

/** The board on a phone: a few lines a model, with rank, name, rating, bar and price; the rest behind one tap. */
export function LeaderboardCards({
  rows,
  axis,
  own,
  isVideo,
}: {
  rows: LeaderboardRow[];
  axis: Axis | null;
  own: Leaderboard["ownColumns"];
  isVideo: boolean;
}) {
  const metrics = metricNames(rows);
  return (
    <div className="mt-4 md:hidden">
      <ol className="border-line divide-line divide-y border-y">
        {rows.map((row) => (
          <li key={row.modelId} className="grid grid-cols-[3rem_minmax(0,1fr)] gap-x-2 py-2.5">
            <span className="font-serif text-xl whitespace-nowrap tabular-nums">
              <span className="sr-only">Rank </span>
              {rankSpread(row.rankLow, row.rankHigh)}
            </span>
            <span className="flex items-baseline justify-between gap-3">
              <span className="min-w-0">
                <Link href={`/models/${row.model}`} className="font-medium break-words">
                  {row.name}
                </Link>{" "}
                <ProvisionalMark provisional={row.provisional} />
              </span>
              <span className="tabular-nums">{points(row.rating)}</span>
            </span>
            <div className="col-start-2 min-w-0">
              {axis && row.rating !== null && row.ratingLow !== null && row.ratingHigh !== null && (
                <IntervalBar
                  value={row.rating}
                  low={row.ratingLow}
                  high={row.ratingHigh}
                  axis={axis}
                  strong={row.rankLow === 1}
                />
              )}
            </div>
            <div className="col-start-2 min-w-0 text-sm">
              <span className="text-muted float-right py-1 tabular-nums">{costText(row)}</span>
              <details>
                <summary className="text-muted inline-block py-1">
                  Facts<span className="sr-only"> about {row.name}</span>
                </summary>
                <MoreOf row={row} metrics={metrics} own={own} isVideo={isVideo} />
              </details>
            </div>
          </li>
        ))}
      </ol>
      {axis && (
        <div className="pt-1 pl-14">
          <AxisTicks axis={axis} />
        </div>
      )}
    </div>
  );
}

/** What a thousand samples cost, or how long one takes where the price is not known. */
function costText({ pricePerImageUsd, medianLatencyMs }: LeaderboardRow): string {
  if (pricePerImageUsd !== null)
    return pricePerImageUsd === 0 ? "free" : `${dollars(pricePerImageUsd * 1000)} per 1k`;
  return medianLatencyMs === null ? "" : `${duration(medianLatencyMs)} each`;
}

/** All that the table has of a model. */
function MoreOf({
  row,
  metrics,
  own,
  isVideo,
}: {
  row: LeaderboardRow;
  metrics: string[];
  own: Leaderboard["ownColumns"];
  isVideo: boolean;
}) {
  return (
    <div className="clear-both pt-1 pb-2">
      <p className="text-muted">
        {row.creator} <VisitorMark submittedBy={row.submittedBy} />{" "}
        <FilesBadge files={row.files} runId={row.bestRun} />
      </p>
      <dl className="mt-2 grid grid-cols-2 gap-3">
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
      <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5">
        {facts(row, { isVideo }).map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-muted">{label}</dt>
            <dd className="text-right tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function facts(row: LeaderboardRow, of: { isVideo: boolean }): [string, string][] {
  return [
    ["95% interval", row.ratingLow === null ? "–" : `${points(row.ratingLow)} to ${points(row.ratingHigh)}`],
    ["Votes", count(row.votes)],
    ["Elo", points(row.elo)],
    ["Win rate", percent(row.winRate)],
    [
      `Per 1k ${samplesWord(of)}`,
      dollars(row.pricePerImageUsd === null ? null : row.pricePerImageUsd * 1000),
    ],
    ["Per megapixel", dollars(row.pricePerMegapixelUsd)],
    ["Latency", duration(row.medianLatencyMs)],
    ["Released", day(row.released)],
    ["Open weights", yesNo(row.openWeights)],
    ["Size", networkSize(row.parameters)],
    ["Licence", row.licence ?? "–"],
    ["Paradigm", row.paradigm ?? "–"],
    ["Architecture", row.architecture ?? "–"],
    ["Representation", row.representation ?? "–"],
    ["Text conditioning", row.textConditioning ?? "–"],
  ];
}
