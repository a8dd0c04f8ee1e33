import { useTranslations } from "next-intl";
import Link from "next/link";
import { pairAddress } from "@/components/explorer/explorer-text";
import { isPracticallyEqual } from "@/components/leaderboard/analysis-text";
import { ScrollRegion } from "@/components/scroll-region";
import { useFormat } from "@/components/use-format";
import type { ModelComparison } from "@/lib/schemas/model-comparison";

const COLUMNS = ["between", "won", "votes", "expected", "toldApart"] as const;

/** How often people chose one of each two models, with n, and what the whole board's votes let expect. */
export function ComparedShares({ comparison: { board, models, pairs } }: { comparison: ModelComparison }) {
  const t = useTranslations("compare.shares");
  const leaderboard = useTranslations("leaderboard");
  const { count, percent } = useFormat();
  const name = (slug: string) => models.find(({ model }) => model === slug)?.name ?? slug;
  const each = models.flatMap(({ model: a }, index) =>
    models.slice(index + 1).flatMap(({ model: b }) => pairs.filter((pair) => pair.a === a && pair.b === b)),
  );
  return (
    <section aria-labelledby="shares" className="mt-14">
      <h2 id="shares" className="text-2xl">
        {t("title")}
      </h2>
      {each.length === 0 ? (
        <p className="text-muted mt-3 text-sm">{t("unknown")}</p>
      ) : (
        <>
          <p className="text-muted mt-2 max-w-3xl text-sm">{t("about")}</p>
          <ScrollRegion label={t("title")} className="mt-4">
            <table className="w-full max-w-4xl text-sm tabular-nums">
              <thead className="text-muted text-xs">
                <tr>
                  {COLUMNS.map((column) => (
                    <th
                      key={column}
                      scope="col"
                      className={`py-2 pr-4 font-medium ${column === "between" || column === "toldApart" ? "text-left" : "text-right"}`}
                    >
                      {t(column)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {each.map((pair) => (
                  <tr key={`${pair.a} ${pair.b}`} className="border-line border-t">
                    <th scope="row" className="py-2.5 pr-4 text-left font-normal">
                      {leaderboard.rich("neighbours.pair", {
                        a: name(pair.a),
                        b: name(pair.b),
                        muted: (chunks) => <span className="text-muted">{chunks}</span>,
                      })}
                    </th>
                    <td className="py-2.5 pr-4 text-right text-base">{percent(pair.observed)}</td>
                    <td className="text-muted py-2.5 pr-4 text-right">
                      {pair.games === 0 ? (
                        count(0)
                      ) : (
                        <Link
                          className="link"
                          href={pairAddress(board.slug, pair.a, pair.b)}
                          aria-label={t("show", { n: pair.games, a: name(pair.a), b: name(pair.b) })}
                        >
                          {count(pair.games)}
                        </Link>
                      )}
                      <span className="block text-xs whitespace-nowrap">
                        {t("games", {
                          wins: pair.wins,
                          losses: pair.losses,
                          even: pair.ties + pair.bothBad,
                        })}
                      </span>
                    </td>
                    <td className="py-2.5 pr-4 text-right">
                      {percent(pair.predicted)}
                      <span className="text-muted block text-xs whitespace-nowrap">
                        {leaderboard("range", {
                          low: percent(pair.predictedLow),
                          high: percent(pair.predictedHigh),
                        })}
                      </span>
                    </td>
                    <td className="py-2.5 pr-4">{t("apart", apartOf(pair))}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollRegion>
        </>
      )}
    </section>
  );
}

/** Whether a pair is told apart, as the message chooses by it, and how many more votes would do it. */
function apartOf(pair: ModelComparison["pairs"][number]): { apart: string; n: number } {
  if (pair.separated) return { apart: "yes", n: 0 };
  if (isPracticallyEqual(pair) || pair.directVotes === null) return { apart: "equal", n: 0 };
  return { apart: "no", n: pair.directVotes };
}
