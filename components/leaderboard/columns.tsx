import Link from "next/link";
import { useTranslations } from "next-intl";
import { UNKNOWN, type Format } from "@/components/format";
import { AxisTicks, IntervalBar, type Axis } from "@/components/interval-bar";
import { FilesBadge } from "@/components/runs/files-badge";
import type { BoardColumn } from "@/components/leaderboard/board-column";
import { MetricFigure } from "@/components/leaderboard/metric-figure";
import { ProvisionalMark } from "@/components/leaderboard/provisional-mark";
import { kindOf, type BoardWords } from "@/components/leaderboard/page-text";
import { useFormat } from "@/components/use-format";
import { VisitorMark } from "@/components/visitor-mark";
import type { Leaderboard, LeaderboardRow } from "@/lib/schemas/leaderboard";
import { describeMetric } from "@/lib/schemas/metrics/describe-metric";
import type { BoardMetricValue } from "@/lib/schemas/metric-values";
import { metricLoss, type Better } from "@/lib/schemas/metrics/metric-definition";

const column = (value: BoardColumn["value"], rest: Omit<BoardColumn, "value">): BoardColumn => ({
  value,
  ...rest,
});
/** null sorts last in both directions. */
const known = <T,>(value: T | null): T | undefined => value ?? undefined;

const text = (
  id: keyof LeaderboardRow &
    ("creator" | "licence" | "paradigm" | "architecture" | "representation" | "textConditioning"),
  label: string,
  meaning?: string,
) =>
  column((row) => known(row[id]), {
    id,
    cell: (row) => (
      <span className="text-sm" translate="no">
        {row[id] ?? UNKNOWN}
      </span>
    ),
    meta: { label, meaning },
  });

const figure = (
  id: string,
  label: string,
  value: (row: LeaderboardRow) => number | null,
  write: (value: number | null) => string,
  options: { meaning?: string; lowerIsBetter?: boolean } = {},
) =>
  column((row) => known(value(row)), {
    id,
    sortDescFirst: !options.lowerIsBetter,
    cell: (row) => <span className="tabular-nums">{write(value(row))}</span>,
    meta: { label, meaning: options.meaning, align: "right" },
  });

/** The board's columns, in the page's language. `axis` is shared by all rating bars; `metrics` names the measured columns; `of.own` are a reader's. */
export function leaderboardColumns(
  t: BoardWords,
  format: Format,
  axis: Axis | null,
  metrics: string[],
  of: { own?: Leaderboard["ownColumns"]; hasJudges?: boolean; isVideo: boolean },
): BoardColumn[] {
  return [
    ...nameColumns(t, format),
    ...ratingColumns(t, format, axis, of.hasJudges === true),
    ...ownColumns(format, of.own ?? []),
    ...metricColumns(metrics),
    ...factColumns(t, format, of),
  ];
}

/** The columns that any row has a value in. */
export function filledColumns(columns: BoardColumn[], rows: LeaderboardRow[]): Set<string> {
  const filled = columns.filter(({ value }) => rows.some((row) => value(row) !== undefined));
  return new Set(["rank", "model", "rating", ...filled.map(({ id }) => id)]);
}

const nameColumns = (t: BoardWords, { rankSpread }: Format) => [
  column((row) => known(row.rank), {
    id: "rank",
    enableHiding: false,
    cell: (row) => (
      <span className="font-serif text-xl tabular-nums">{rankSpread(row.rankLow, row.rankHigh)}</span>
    ),
    meta: {
      label: t("columns.rank"),
      meaning: t("columns.rankMeaning"),
    },
  }),
  column((row) => row.name, {
    id: "model",
    enableHiding: false,
    cell: (row) => (
      <span className="block min-w-36">
        <Link href={`/models/${row.model}`} className="hover:text-accent block font-medium" translate="no">
          {row.name}
        </Link>
        <span className="text-muted block text-xs">
          <span translate="no">{row.creator}</span> <VisitorMark submittedBy={row.submittedBy} />{" "}
          <ProvisionalMark provisional={row.provisional} />
        </span>
        <FilesBadge files={row.files} runId={row.bestRun} />
      </span>
    ),
    meta: { label: t("columns.model") },
  }),
  text("creator", t("columns.creator")),
];

const ratingColumns = (t: BoardWords, format: Format, axis: Axis | null, hasJudges: boolean) => [
  column((row) => known(row.rating), {
    id: "rating",
    sortDescFirst: true,
    cell: (row) => <Rating row={row} axis={axis} />,
    meta: {
      label: t("columns.rating"),
      meaning: t("columns.ratingMeaning"),
      under: axis && <AxisTicks axis={axis} />,
      grows: true,
    },
  }),
  ...(hasJudges
    ? [
        column((row) => known(row.withJudge?.rating ?? null), {
          id: "withJudge",
          sortDescFirst: true,
          cell: (row) => <JudgedRating rating={row.withJudge} />,
          meta: {
            label: t("columns.withJudge"),
            meaning: t("columns.withJudgeMeaning"),
            align: "right",
          },
        }),
      ]
    : []),
  figure("elo", t("columns.elo"), (row) => row.elo, format.points, { meaning: t("columns.eloMeaning") }),
  figure("votes", t("columns.votes"), (row) => row.votes, format.count),
  figure(
    "winRate",
    t("columns.winRate"),
    (row) => row.winRate,
    (share) => format.percent(share),
    {
      meaning: t("columns.winRateMeaning"),
    },
  ),
];

function ownColumns({ significant }: Format, own: Leaderboard["ownColumns"]) {
  return own.map(({ name, formula, error, values }, index) =>
    column((row) => known(values[row.model] ?? null), {
      id: `own-${index}`,
      sortDescFirst: true,
      enableHiding: false,
      cell: (row) => <span className="tabular-nums">{significant(values[row.model] ?? null)}</span>,
      meta: { label: name, meaning: error ? `${formula}: ${error.message}` : formula, align: "right" },
    }),
  );
}

function metricColumns(metrics: string[]) {
  return metrics.map((name) => {
    const { label, meaning, better } = describeMetric(name);
    return column((row) => sortValue(row.metrics[name], better), {
      id: name,
      // Of an unknown metric it is not known which end is the better one.
      enableSorting: better !== null,
      sortDescFirst: better === "higher",
      cell: (row) => <MetricFigure name={name} metric={row.metrics[name]} />,
      meta: { label, meaning, align: "right" },
    });
  });
}

/** What a model costs, how fast it is and how it is built. */
const factColumns = (
  t: BoardWords,
  { day, dollars, duration, networkSize, yesNo }: Format,
  of: { isVideo: boolean },
) => [
  figure(
    "pricePer1k",
    t("columns.pricePer1k", kindOf(of)),
    (row) => (row.pricePerImageUsd === null ? null : row.pricePerImageUsd * 1000),
    dollars,
    { meaning: t("columns.pricePer1kMeaning", kindOf(of)), lowerIsBetter: true },
  ),
  figure("pricePerMegapixel", t("columns.pricePerMegapixel"), (row) => row.pricePerMegapixelUsd, dollars, {
    meaning: t("columns.pricePerMegapixelMeaning", kindOf(of)),
    lowerIsBetter: true,
  }),
  figure("latency", t("columns.latency"), (row) => row.medianLatencyMs, duration, {
    meaning: t("columns.latencyMeaning"),
    lowerIsBetter: true,
  }),
  column((row) => known(row.released), {
    id: "released",
    sortDescFirst: true,
    cell: (row) => (
      <time dateTime={row.released ?? undefined} className="text-sm whitespace-nowrap">
        {day(row.released)}
      </time>
    ),
    meta: { label: t("columns.released") },
  }),
  column((row) => (row.openWeights === null ? undefined : Number(row.openWeights)), {
    id: "openWeights",
    sortDescFirst: true,
    cell: (row) => <span className="text-sm">{yesNo(row.openWeights)}</span>,
    meta: { label: t("columns.openWeights") },
  }),
  figure("parameters", t("columns.parameters"), (row) => row.parameters, networkSize, {
    meaning: t("columns.parametersMeaning"),
    lowerIsBetter: true,
  }),
  text("licence", t("columns.licence"), t("columns.licenceMeaning")),
  text("paradigm", t("columns.paradigm"), t("columns.paradigmMeaning")),
  text("architecture", t("columns.architecture")),
  text("representation", t("columns.representation"), t("columns.representationMeaning")),
  text("textConditioning", t("columns.textConditioning"), t("columns.textConditioningMeaning")),
];

/** What may not be compared is not ranked: it sorts with what is missing. */
function sortValue(metric: BoardMetricValue | undefined, better: Better | null): number | undefined {
  if (!metric?.comparable) return undefined;
  return better === "nearer to 0.5" ? metricLoss(better, metric.value) : metric.value;
}

function JudgedRating({ rating }: { rating: LeaderboardRow["withJudge"] }) {
  const t = useTranslations("leaderboard");
  const { points } = useFormat();
  if (rating === null) return <span className="text-muted">–</span>;
  return (
    <span className="block tabular-nums">
      {points(rating.rating)}
      <span className="text-muted block text-xs whitespace-nowrap">
        {t("range", { low: points(rating.low), high: points(rating.high) })}
      </span>
    </span>
  );
}

/** A rating beside its bar, and the interval in numbers. */
export function Rating({ row, axis }: { row: LeaderboardRow; axis: Axis | null }) {
  const t = useTranslations("leaderboard");
  const { points } = useFormat();
  const { rating, ratingLow, ratingHigh } = row;
  if (rating === null || ratingLow === null || ratingHigh === null || axis === null)
    return <span className="text-muted text-sm">{t("columns.noVotesYet")}</span>;
  return (
    <span className="flex items-center gap-4">
      <span className="w-36 shrink-0 text-right tabular-nums">
        <span className="block text-[1.0625rem] font-medium">{points(rating)}</span>
        <span className="text-muted block text-xs whitespace-nowrap">
          {t("rangeWithN", { low: points(ratingLow), high: points(ratingHigh), n: row.votes })}
        </span>
      </span>
      <span className="block min-w-60 flex-1">
        <IntervalBar
          value={rating}
          low={ratingLow}
          high={ratingHigh}
          axis={axis}
          strong={row.rankLow === 1}
        />
      </span>
    </span>
  );
}
