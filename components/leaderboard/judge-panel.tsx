import Link from "next/link";
import { count, counted, points } from "@/components/format";
import { demotionText } from "@/components/judges/standing-text";
import { judgeText } from "@/components/leaderboard/board-text";
import { AxisTicks, axisOf, IntervalBar } from "@/components/interval-bar";
import { samplesWord } from "@/components/sample-word";
import type { WithJudge } from "@/lib/schemas/leaderboard";

/** What the judge is worth, above the board; or why people's votes stand alone. */
export function JudgeSummary({ withJudge, isVideo }: { withJudge: WithJudge; isVideo: boolean }) {
  const { judge, fitted } = withJudge;
  return (
    <div className="card mt-6 mb-6 p-6" role="status">
      <h2 className="text-xl">
        {fitted ? `People and ${judge.name} together` : `People's votes alone for now`}
      </h2>
      <p className="text-muted mt-2 max-w-3xl">
        {judgeText(withJudge, { isVideo })}
        {!fitted && " The board below is by people's votes."}
      </p>
      {judge.demotedFor && (
        <p className="text-alarm mt-2 max-w-3xl text-sm">
          This judge is demoted: {demotionText(judge.demotedFor)}{" "}
          <Link className="link" href={`/judges/${judge.slug}`}>
            Its report card
          </Link>
        </p>
      )}
    </div>
  );
}

/** How far the judge narrows each interval, side by side with the same votes without it. */
export function JudgePanel({ withJudge, isVideo }: { withJudge: WithJudge; isVideo: boolean }) {
  const many = samplesWord({ isVideo });
  const { judge, moves, lambda, correlation, effectiveVotes, votes, labelled, judgeOnly } = withJudge;
  const axis = axisOf(moves.flatMap(({ low, high, people }) => [{ low, high }, people]));
  const figures: [string, string, string][] = [
    ["People's votes", count(votes), `${count(labelled)} of them with a verdict beside`],
    ["Verdicts alone", count(judgeOnly), "on pairs nobody voted on"],
    ["Trust, λ", (lambda ?? 0).toFixed(2), "0 ignores the judge, 1 takes all it says"],
    ["Correlation", (correlation ?? 0).toFixed(2), `with people, on the same ${many}`],
    ["Effective votes", count(Math.round(effectiveVotes ?? votes)), "would be needed without it"],
  ];
  return (
    <section aria-labelledby="judge" className="page-wide mt-20">
      <h2 id="judge" className="text-3xl">
        What {judge.name} adds
      </h2>
      <p className="text-muted mt-3 max-w-3xl">
        The judge has looked at {counted(judgeOnly, "pair")} nobody voted on. Where it spoke of {many} that
        people voted on too, its error is measured and taken off, pair by pair, so a wrong judge makes no
        rating wrong: it only helps less. Ties count half.
      </p>
      <dl className="mt-8 grid grid-cols-2 gap-x-8 gap-y-5 sm:grid-cols-3 xl:grid-cols-5">
        {figures.map(([name, value, meaning]) => (
          <div key={name} className="border-line border-t pt-3">
            <dt className="text-muted text-sm">{name}</dt>
            <dd className="font-serif text-2xl tabular-nums">{value}</dd>
            <dd className="text-muted text-xs">{meaning}</dd>
          </div>
        ))}
      </dl>
      {axis && (
        <ul className="mt-10 max-w-5xl">
          {moves.map(({ model, name, rating, low, high, people }) => (
            <li
              key={model}
              className="border-line grid grid-cols-[1fr_auto] items-center gap-x-4 border-t py-2.5 sm:grid-cols-[12rem_1fr_10rem]"
            >
              <Link href={`/models/${model}`} className="hover:text-accent truncate text-sm">
                {name}
              </Link>
              <span className="order-last col-span-2 grid gap-1 sm:order-none sm:col-span-1">
                <IntervalBar value={rating} low={low} high={high} axis={axis} strong />
                <IntervalBar
                  value={people.rating}
                  low={people.low}
                  high={people.high}
                  axis={axis}
                  strong={false}
                />
              </span>
              <span className="text-right text-sm whitespace-nowrap tabular-nums">
                {points(rating)} ± {points((high - low) / 2)}
                <span className="text-muted block text-xs">
                  people {points(people.rating)} ± {points((people.high - people.low) / 2)}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
      {axis && (
        <div className="border-line grid max-w-5xl border-t pt-1 sm:grid-cols-[12rem_1fr_10rem] sm:gap-x-4">
          <span className="hidden sm:block" />
          <AxisTicks axis={axis} />
        </div>
      )}
    </section>
  );
}
