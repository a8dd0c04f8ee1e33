import Link from "next/link";
import { useTranslations } from "next-intl";
import { demotionText } from "@/components/judges/standing-text";
import { judgeSentences, kindOf } from "@/components/leaderboard/page-text";
import { AxisTicks, axisOf, IntervalBar } from "@/components/interval-bar";
import { useFormat } from "@/components/use-format";
import type { WithJudge } from "@/lib/schemas/leaderboard";

/** What the judge is worth, above the board; or why people's votes stand alone. */
export function JudgeSummary({ withJudge, isVideo }: { withJudge: WithJudge; isVideo: boolean }) {
  const t = useTranslations("leaderboard");
  const format = useFormat();
  const { judge, fitted } = withJudge;
  return (
    <div className="card mt-6 mb-6 p-6" role="status">
      <h2 className="text-xl">{fitted ? t("judge.together", { judge: judge.name }) : t("judge.alone")}</h2>
      <p className="text-muted mt-2 max-w-3xl">
        {judgeSentences(t, format, withJudge, { isVideo })}
        {!fitted && ` ${t("judge.boardByPeople")}`}
      </p>
      {judge.demotedFor && (
        <p className="text-alarm mt-2 max-w-3xl text-sm">
          {t.rich("judge.demoted", {
            reason: demotionText(judge.demotedFor) ?? "",
            link: (chunks) => (
              <Link className="link" href={`/judges/${judge.slug}`}>
                {chunks}
              </Link>
            ),
          })}
        </p>
      )}
    </div>
  );
}

/** How far the judge narrows each interval, side by side with the same votes without it. */
export function JudgePanel({ withJudge, isVideo }: { withJudge: WithJudge; isVideo: boolean }) {
  const t = useTranslations("leaderboard");
  const { count, fixed, points } = useFormat();
  const { judge, moves, lambda, correlation, effectiveVotes, votes, labelled, judgeOnly } = withJudge;
  const axis = axisOf(moves.flatMap(({ low, high, people }) => [{ low, high }, people]));
  const figures: [string, string, string][] = [
    [t("judge.votes"), count(votes), t("judge.votesMeaning", { n: labelled })],
    [t("judge.verdicts"), count(judgeOnly), t("judge.verdictsMeaning")],
    [t("judge.trust"), fixed(lambda ?? 0, 2), t("judge.trustMeaning")],
    [t("judge.correlation"), fixed(correlation ?? 0, 2), t("judge.correlationMeaning", kindOf({ isVideo }))],
    [t("judge.effective"), count(Math.round(effectiveVotes ?? votes)), t("judge.effectiveMeaning")],
  ];
  return (
    <section aria-labelledby="judge" className="page-wide mt-20">
      <h2 id="judge" className="text-3xl">
        {t("judge.adds", { judge: judge.name })}
      </h2>
      <p className="text-muted mt-3 max-w-3xl">{t("judge.text", { ...kindOf({ isVideo }), n: judgeOnly })}</p>
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
                  {t("judge.people", {
                    rating: points(people.rating),
                    error: points((people.high - people.low) / 2),
                  })}
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
