import { useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import { axisOf, AxisTicks, IntervalBar } from "@/components/interval-bar";
import { MetricFigure } from "@/components/leaderboard/metric-figure";
import { metricNames } from "@/components/leaderboard/metric-names";
import { kindOf } from "@/components/leaderboard/page-text";
import { ProvisionalMark } from "@/components/leaderboard/provisional-mark";
import { Said } from "@/components/said";
import { ScrollRegion } from "@/components/scroll-region";
import { useFormat } from "@/components/use-format";
import { describeMetric } from "@/lib/schemas/metrics/describe-metric";
import type { LeaderboardRow } from "@/lib/schemas/leaderboard";
import type { ModelComparison } from "@/lib/schemas/model-comparison";

type Fact = [
  label: string,
  write: (row: LeaderboardRow) => ReactNode,
  isKnown: (row: LeaderboardRow) => boolean,
];

/** Facts that are written as they are. */
const PLAIN = ["paradigm", "architecture", "representation", "textConditioning"] as const;

function useFacts(of: { isVideo: boolean }): Fact[] {
  const t = useTranslations("compare.facts");
  const column = useTranslations("leaderboard.columns");
  const { dollars, duration, networkSize, yesNo, day } = useFormat();
  return [
    [
      t("price", kindOf(of)),
      ({ pricePerImageUsd: price }) => dollars(price === null ? null : price * 1000),
      ({ pricePerImageUsd }) => pricePerImageUsd !== null,
    ],
    [
      t("time", kindOf(of)),
      ({ medianLatencyMs }) => duration(medianLatencyMs),
      ({ medianLatencyMs }) => medianLatencyMs !== null,
    ],
    [
      column("parameters"),
      ({ parameters }) => networkSize(parameters),
      ({ parameters }) => parameters !== null,
    ],
    [
      column("openWeights"),
      ({ openWeights }) => yesNo(openWeights),
      ({ openWeights }) => openWeights !== null,
    ],
    [column("licence"), ({ licence }) => <Said text={licence} />, ({ licence }) => licence !== null],
    [
      column("released"),
      ({ released }) => <Said text={day(released)} />,
      ({ released }) => released !== null,
    ],
    ...PLAIN.map((name): Fact => [
      column(name),
      (row) => <Said text={row[name]} />,
      (row) => row[name] !== null,
    ]),
  ];
}

/** Models in columns: where the votes rank them, what was measured, what they cost, how they are built. Rows that say nothing are left out. */
export function ComparedFacts({ comparison: { board, models, snapshot } }: { comparison: ModelComparison }) {
  const t = useTranslations("compare.facts");
  const leaderboard = useTranslations("leaderboard");
  const { moment, points, rankSpread } = useFormat();
  const facts = useFacts(board);
  const axis = axisOf(models.map(({ ratingLow: low, ratingHigh: high }) => ({ low, high })));
  return (
    <section aria-labelledby="facts" className="mt-10">
      <h2 id="facts" className="text-2xl">
        {t("title")}
      </h2>
      <p className="text-muted mt-2 text-sm">
        {snapshot ? t("ratings", { n: snapshot.votes, moment: moment(snapshot.createdAt) }) : t("noVotes")}
      </p>
      <ScrollRegion label={t("region")} className="mt-4">
        <table className="w-full text-sm">
          <thead>
            <tr>
              <td className="w-40" />
              {models.map(({ model, name, creator }) => (
                <th key={model} scope="col" className="min-w-44 px-3 pb-3 text-left align-bottom font-normal">
                  <Link
                    href={`/models/${model}`}
                    className="hover:text-accent font-serif text-lg"
                    translate="no"
                  >
                    {name}
                  </Link>
                  <span className="text-muted block text-xs" translate="no">
                    {creator}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Row label={leaderboard("columns.rank")} models={models}>
              {({ rankLow, rankHigh, provisional }) => (
                <>
                  <span className="font-serif text-xl">{rankSpread(rankLow, rankHigh)}</span>{" "}
                  <ProvisionalMark provisional={provisional} />
                </>
              )}
            </Row>
            <Row label={leaderboard("columns.rating")} models={models}>
              {({ rating, ratingLow, ratingHigh, votes, rankLow }) =>
                rating === null || ratingLow === null || ratingHigh === null || axis === null ? (
                  <span className="text-muted">{leaderboard("columns.noVotesYet")}</span>
                ) : (
                  <>
                    <span className="text-base font-medium">{points(rating)}</span>{" "}
                    <span className="text-muted text-xs whitespace-nowrap">
                      {leaderboard("rangeWithN", {
                        low: points(ratingLow),
                        high: points(ratingHigh),
                        n: votes,
                      })}
                    </span>
                    <IntervalBar
                      value={rating}
                      low={ratingLow}
                      high={ratingHigh}
                      axis={axis}
                      strong={rankLow === 1}
                    />
                    <AxisTicks axis={axis} />
                  </>
                )
              }
            </Row>
            {metricNames(models).map((name) => (
              <Row key={name} label={describeMetric(name).label} models={models}>
                {(row) => <MetricFigure name={name} metric={row.metrics[name]} />}
              </Row>
            ))}
            {facts
              .filter(([, , isKnown]) => models.some(isKnown))
              .map(([label, write]) => (
                <Row key={label} label={label} models={models}>
                  {write}
                </Row>
              ))}
          </tbody>
        </table>
      </ScrollRegion>
    </section>
  );
}

function Row({
  label,
  models,
  children,
}: {
  label: string;
  models: LeaderboardRow[];
  children: (row: LeaderboardRow) => ReactNode;
}) {
  return (
    <tr>
      <th scope="row" className="text-muted border-line border-t py-2.5 pr-3 text-left align-top font-normal">
        {label}
      </th>
      {models.map((row) => (
        <td key={row.model} className="border-line border-t px-3 py-2.5 align-top tabular-nums">
          {children(row)}
        </td>
      ))}
    </tr>
  );
}
