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
import type { BoardColumn } from "@/components/leaderboard/board-column";
import { MetricFigure } from "@/components/leaderboard/metric-figure";
import { ProvisionalMark } from "@/components/leaderboard/provisional-mark";
import { samplesWord } from "@/components/sample-word";
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
    cell: (row) => <span className="text-sm">{row[id] ?? "–"}</span>,
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

/** The board's columns. `axis` is shared by all rating bars; `metrics` names the measured columns; `of.own` are a reader's. */
export function leaderboardColumns(
  axis: Axis | null,
  metrics: string[],
  of: { own?: Leaderboard["ownColumns"]; hasJudges?: boolean; isVideo: boolean },
): BoardColumn[] {
  return [
    ...nameColumns(),
    ...ratingColumns(axis, of.hasJudges === true),
    ...ownColumns(of.own ?? []),
    ...metricColumns(metrics),
    ...factColumns(of),
  ];
}

/** The columns that any row has a value in. */
export function filledColumns(columns: BoardColumn[], rows: LeaderboardRow[]): Set<string> {
  const filled = columns.filter(({ value }) => rows.some((row) => value(row) !== undefined));
  return new Set(["rank", "model", "rating", ...filled.map(({ id }) => id)]);
}

const nameColumns = () => [
  column((row) => known(row.rank), {
    id: "rank",
    enableHiding: false,
    cell: (row) => (
      <span className="font-serif text-xl tabular-nums">{rankSpread(row.rankLow, row.rankHigh)}</span>
    ),
    meta: {
      label: "Rank",
      meaning:
        "Rank spread: every rank that the votes cannot exclude at 95%, from pairwise tests with the full covariance.",
    },
  }),
  column((row) => row.name, {
    id: "model",
    enableHiding: false,
    cell: (row) => (
      <span className="block min-w-36">
        <Link href={`/models/${row.model}`} className="hover:text-accent block font-medium">
          {row.name}
        </Link>
        <span className="text-muted block text-xs">
          {row.creator} <VisitorMark submittedBy={row.submittedBy} />{" "}
          <ProvisionalMark provisional={row.provisional} />
        </span>
        <FilesBadge files={row.files} runId={row.bestRun} />
      </span>
    ),
    meta: { label: "Model" },
  }),
  text("creator", "Creator"),
];

const ratingColumns = (axis: Axis | null, hasJudges: boolean) => [
  column((row) => known(row.rating), {
    id: "rating",
    sortDescFirst: true,
    cell: (row) => <Rating row={row} axis={axis} />,
    meta: {
      label: "Rating",
      meaning:
        "Bradley-Terry strength from all votes on the Elo scale, with its 95% interval (sandwich covariance).",
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
            label: "People + judge",
            meaning:
              "Prediction-powered rating: people's votes sharpened by a judge that is measured against them, with its 95% interval. A wrong judge cannot bend it.",
            align: "right",
          },
        }),
      ]
    : []),
  figure("elo", "Elo", (row) => row.elo, points, {
    meaning:
      "Online Elo: moves with every vote, depends on their order. Shown for the feel of it, never the ranking.",
  }),
  figure("votes", "Votes", (row) => row.votes, count),
  figure(
    "winRate",
    "Win rate",
    (row) => row.winRate,
    (share) => percent(share),
    {
      meaning: "Wins plus half of ties, over games.",
    },
  ),
];

function ownColumns(own: Leaderboard["ownColumns"]) {
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
const factColumns = (of: { isVideo: boolean }) => [
  figure(
    "pricePer1k",
    `Per 1k ${samplesWord(of)}`,
    (row) => (row.pricePerImageUsd === null ? null : row.pricePerImageUsd * 1000),
    dollars,
    { meaning: `List price of a thousand ${samplesWord(of)}, US dollars.`, lowerIsBetter: true },
  ),
  figure("pricePerMegapixel", "Per megapixel", (row) => row.pricePerMegapixelUsd, dollars, {
    meaning: `List price over the pixels of the ${samplesWord(of)} the model made here.`,
    lowerIsBetter: true,
  }),
  figure("latency", "Latency", (row) => row.medianLatencyMs, duration, {
    meaning: "Median time of one request, as Salon measured it.",
    lowerIsBetter: true,
  }),
  column((row) => known(row.released), {
    id: "released",
    sortDescFirst: true,
    cell: (row) => <span className="text-sm whitespace-nowrap">{day(row.released)}</span>,
    meta: { label: "Released" },
  }),
  column((row) => (row.openWeights === null ? undefined : Number(row.openWeights)), {
    id: "openWeights",
    sortDescFirst: true,
    cell: (row) => <span className="text-sm">{yesNo(row.openWeights)}</span>,
    meta: { label: "Open weights" },
  }),
  figure("parameters", "Size", (row) => row.parameters, networkSize, {
    meaning: "Parameters of the network, as the catalogue or the model card counts them.",
    lowerIsBetter: true,
  }),
  text("licence", "Licence", "Of the weights, as the catalogue or the model card names it."),
  text("paradigm", "Paradigm", "How it generates: noise prediction, flow matching, autoregression ..."),
  text("architecture", "Architecture"),
  text(
    "representation",
    "Representation",
    "What it generates in: pixels, an autoencoder's latents, tokens ...",
  ),
  text("textConditioning", "Text conditioning", "How the prompt enters the network."),
];

/** What may not be compared is not ranked: it sorts with what is missing. */
function sortValue(metric: BoardMetricValue | undefined, better: Better | null): number | undefined {
  if (!metric?.comparable) return undefined;
  return better === "nearer to 0.5" ? metricLoss(better, metric.value) : metric.value;
}

function JudgedRating({ rating }: { rating: LeaderboardRow["withJudge"] }) {
  if (rating === null) return <span className="text-muted">–</span>;
  return (
    <span className="block tabular-nums">
      {points(rating.rating)}
      <span className="text-muted block text-xs whitespace-nowrap">
        {points(rating.low)} to {points(rating.high)}
      </span>
    </span>
  );
}

/** A rating beside its bar, and the interval in numbers. */
export function Rating({ row, axis }: { row: LeaderboardRow; axis: Axis | null }) {
  const { rating, ratingLow, ratingHigh } = row;
  if (rating === null || ratingLow === null || ratingHigh === null || axis === null)
    return <span className="text-muted text-sm">no votes yet</span>;
  return (
    <span className="flex items-center gap-4">
      <span className="w-36 shrink-0 text-right tabular-nums">
        <span className="block text-[1.0625rem] font-medium">{points(rating)}</span>
        <span className="text-muted block text-xs whitespace-nowrap">
          {points(ratingLow)} to {points(ratingHigh)} · n {count(row.votes)}
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
