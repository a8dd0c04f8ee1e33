import Link from "next/link";
import type { ReactNode } from "react";
import {
  count,
  counted,
  day,
  dollars,
  duration,
  moment,
  networkSize,
  points,
  rankSpread,
  yesNo,
} from "@/components/format";
import { axisOf, AxisTicks, IntervalBar } from "@/components/interval-bar";
import { MetricFigure } from "@/components/leaderboard/metric-figure";
import { metricNames } from "@/components/leaderboard/metric-names";
import { ProvisionalMark } from "@/components/leaderboard/provisional-mark";
import { aSample, samplesWord } from "@/components/sample-word";
import { ScrollRegion } from "@/components/scroll-region";
import { describeMetric } from "@/lib/schemas/metrics/describe-metric";
import type { LeaderboardRow } from "@/lib/schemas/leaderboard";
import type { ModelComparison } from "@/lib/schemas/model-comparison";

type Fact = [
  label: string,
  write: (row: LeaderboardRow) => ReactNode,
  isKnown: (row: LeaderboardRow) => boolean,
];

const factsOf = (of: { isVideo: boolean }): Fact[] => [
  [
    `1,000 ${samplesWord(of)}`,
    ({ pricePerImageUsd: price }) => dollars(price === null ? null : price * 1000),
    ({ pricePerImageUsd }) => pricePerImageUsd !== null,
  ],
  [
    `Median time of ${aSample(of)}`,
    ({ medianLatencyMs }) => duration(medianLatencyMs),
    ({ medianLatencyMs }) => medianLatencyMs !== null,
  ],
  ["Size", ({ parameters }) => networkSize(parameters), ({ parameters }) => parameters !== null],
  ["Open weights", ({ openWeights }) => yesNo(openWeights), ({ openWeights }) => openWeights !== null],
  ["Licence", ({ licence }) => licence ?? "–", ({ licence }) => licence !== null],
  ["Released", ({ released }) => day(released), ({ released }) => released !== null],
  ["Paradigm", ({ paradigm }) => paradigm ?? "–", ({ paradigm }) => paradigm !== null],
  ["Architecture", ({ architecture }) => architecture ?? "–", ({ architecture }) => architecture !== null],
  [
    "Representation",
    ({ representation }) => representation ?? "–",
    ({ representation }) => representation !== null,
  ],
  [
    "Text conditioning",
    ({ textConditioning }) => textConditioning ?? "–",
    ({ textConditioning }) => textConditioning !== null,
  ],
];

/** Models in columns: where the votes rank them, what was measured, what they cost, how they are built. Rows that say nothing are left out. */
export function ComparedFacts({ comparison: { board, models, snapshot } }: { comparison: ModelComparison }) {
  const axis = axisOf(models.map(({ ratingLow: low, ratingHigh: high }) => ({ low, high })));
  return (
    <section aria-labelledby="facts" className="mt-10">
      <h2 id="facts" className="text-2xl">
        Side by side
      </h2>
      <p className="text-muted mt-2 text-sm">
        {snapshot
          ? `Ratings by ${counted(snapshot.votes, "vote")} on the whole board, ${moment(snapshot.createdAt)}, with 95% intervals.`
          : "No vote has been counted yet, so nobody is ranked."}
      </p>
      <ScrollRegion label="Models side by side" className="mt-4">
        <table className="w-full text-sm">
          <thead>
            <tr>
              <td className="w-40" />
              {models.map(({ model, name, creator }) => (
                <th key={model} scope="col" className="min-w-44 px-3 pb-3 text-left align-bottom font-normal">
                  <Link href={`/models/${model}`} className="hover:text-accent font-serif text-lg">
                    {name}
                  </Link>
                  <span className="text-muted block text-xs">{creator}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <Row label="Rank" models={models}>
              {({ rankLow, rankHigh, provisional }) => (
                <>
                  <span className="font-serif text-xl">{rankSpread(rankLow, rankHigh)}</span>{" "}
                  <ProvisionalMark provisional={provisional} />
                </>
              )}
            </Row>
            <Row label="Rating" models={models}>
              {({ rating, ratingLow, ratingHigh, votes, rankLow }) =>
                rating === null || ratingLow === null || ratingHigh === null || axis === null ? (
                  <span className="text-muted">no votes yet</span>
                ) : (
                  <>
                    <span className="text-base font-medium">{points(rating)}</span>{" "}
                    <span className="text-muted text-xs whitespace-nowrap">
                      {points(ratingLow)} to {points(ratingHigh)} · n {count(votes)}
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
            {factsOf(board)
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
