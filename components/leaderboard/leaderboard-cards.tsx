import Link from "next/link";
import { useTranslations } from "next-intl";
import { UNKNOWN, type Format } from "@/components/format";
import { AxisTicks, IntervalBar, type Axis } from "@/components/interval-bar";
import { FilesBadge } from "@/components/runs/files-badge";
import { MetricFigure } from "@/components/leaderboard/metric-figure";
import { ProvisionalMark } from "@/components/leaderboard/provisional-mark";
import { metricNames } from "@/components/leaderboard/metric-names";
import { kindOf, type BoardWords } from "@/components/leaderboard/page-text";
import { useFormat } from "@/components/use-format";
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
  const t = useTranslations("leaderboard");
  const format = useFormat();
  const { points, rankSpread } = format;
  const metrics = metricNames(rows);
  return (
    <div className="mt-4 md:hidden">
      <ol className="border-line divide-line divide-y border-y">
        {rows.map((row) => (
          <li key={row.modelId} className="grid grid-cols-[3rem_minmax(0,1fr)] gap-x-2 py-2.5">
            <span className="font-serif text-xl whitespace-nowrap tabular-nums">
              <span aria-hidden="true">{rankSpread(row.rankLow, row.rankHigh)}</span>
              <span className="sr-only">
                {t("cards.rank", { rank: rankSpread(row.rankLow, row.rankHigh) })}
              </span>
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
              <span className="text-muted float-right py-1 tabular-nums">{costText(t, format, row)}</span>
              <details>
                <summary className="text-muted inline-block py-1">
                  {t.rich("cards.facts", {
                    model: row.name,
                    more: (chunks) => <span className="sr-only">{chunks}</span>,
                  })}
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
function costText(
  t: BoardWords,
  { dollars, duration }: Format,
  { pricePerImageUsd, medianLatencyMs }: LeaderboardRow,
): string {
  if (pricePerImageUsd !== null)
    return pricePerImageUsd === 0
      ? t("cards.free")
      : t("cards.per1k", { price: dollars(pricePerImageUsd * 1000) });
  return medianLatencyMs === null ? "" : t("cards.each", { time: duration(medianLatencyMs) });
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
  const t = useTranslations("leaderboard");
  const format = useFormat();
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
            <dd className="mt-0.5 text-base tabular-nums">{format.significant(values[row.model] ?? null)}</dd>
          </div>
        ))}
      </dl>
      <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5">
        {facts(t, format, row, { isVideo }).map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-muted">{label}</dt>
            <dd className="text-right tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function facts(
  t: BoardWords,
  { count, day, dollars, duration, networkSize, percent, points, yesNo }: Format,
  row: LeaderboardRow,
  of: { isVideo: boolean },
): [string, string][] {
  const { ratingLow, ratingHigh, pricePerImageUsd } = row;
  return [
    [
      t("columns.interval"),
      ratingLow === null ? UNKNOWN : t("range", { low: points(ratingLow), high: points(ratingHigh) }),
    ],
    [t("columns.votes"), count(row.votes)],
    [t("columns.elo"), points(row.elo)],
    [t("columns.winRate"), percent(row.winRate)],
    [
      t("columns.pricePer1k", kindOf(of)),
      dollars(pricePerImageUsd === null ? null : pricePerImageUsd * 1000),
    ],
    [t("columns.pricePerMegapixel"), dollars(row.pricePerMegapixelUsd)],
    [t("columns.latency"), duration(row.medianLatencyMs)],
    [t("columns.released"), day(row.released)],
    [t("columns.openWeights"), yesNo(row.openWeights)],
    [t("columns.parameters"), networkSize(row.parameters)],
    [t("columns.licence"), row.licence ?? UNKNOWN],
    [t("columns.paradigm"), row.paradigm ?? UNKNOWN],
    [t("columns.architecture"), row.architecture ?? UNKNOWN],
    [t("columns.representation"), row.representation ?? UNKNOWN],
    [t("columns.textConditioning"), row.textConditioning ?? UNKNOWN],
  ];
}
