import Link from "next/link";
import { useTranslations } from "next-intl";
import { AxisTicks, axisOf, IntervalBar } from "@/components/interval-bar";
import { ProvisionalMark } from "@/components/leaderboard/provisional-mark";
import { useFormat } from "@/components/use-format";
import { VisitorMark } from "@/components/visitor-mark";
import type { RankedModel } from "@/lib/schemas/leaderboard";

/** The top of a board: rank spread, name, rating with its interval. */
export function Leaders({ rows }: { rows: RankedModel[] }) {
  const t = useTranslations("leaderboard");
  const { points, rankSpread } = useFormat();
  const rated = rows.filter((row) => row.rank !== null);
  const axis = axisOf(rated.map((row) => ({ low: row.ratingLow, high: row.ratingHigh })));
  if (rows.length === 0) return <p className="card text-muted mt-6 p-8 text-center">{t("leaders.none")}</p>;
  if (axis === null)
    return (
      <div className="card mt-6 p-8 text-center">
        <p className="text-muted">{t("leaders.noVotes")}</p>
        <Link href="/arena" className="button-primary mt-5">
          {t("leaders.first")}
        </Link>
      </div>
    );
  return (
    <div className="mt-6">
      <ol>
        {rated.map((row) => (
          <li key={row.modelId} className="border-line border-t">
            <Link
              href={`/models/${row.model}`}
              className="hover:bg-paper grid grid-cols-[3rem_1fr_auto] items-center gap-x-4 gap-y-1 px-1 py-4 sm:grid-cols-[4rem_minmax(0,15rem)_1fr_7rem] sm:px-3"
            >
              <span className="font-serif text-2xl whitespace-nowrap tabular-nums">
                <span aria-hidden="true">{rankSpread(row.rankLow, row.rankHigh)}</span>
                <span className="sr-only">
                  {t("cards.rank", { rank: rankSpread(row.rankLow, row.rankHigh) })}
                </span>
              </span>
              <span className="min-w-0">
                <span className="block truncate font-medium" translate="no">
                  {row.name}
                </span>
                <span className="text-muted block truncate text-sm">
                  <span translate="no">{row.creator}</span>{" "}
                  <VisitorMark submittedBy={row.submittedBy} inLink />{" "}
                  <ProvisionalMark provisional={row.provisional} inLink />
                </span>
              </span>
              <span className="order-last col-span-3 sm:order-none sm:col-span-1">
                <IntervalBar
                  value={row.rating ?? 0}
                  low={row.ratingLow ?? 0}
                  high={row.ratingHigh ?? 0}
                  axis={axis}
                  strong={row.rankLow === 1}
                />
              </span>
              <span className="text-right">
                <span className="block text-lg tabular-nums">{points(row.rating)}</span>
                <span className="text-muted block text-xs tabular-nums">{t("votes", { n: row.votes })}</span>
              </span>
            </Link>
          </li>
        ))}
      </ol>
      <div className="border-line grid grid-cols-1 border-t px-1 pt-2 sm:grid-cols-[4rem_minmax(0,15rem)_1fr_7rem] sm:gap-x-4 sm:px-3">
        <span className="hidden sm:col-span-2 sm:block" />
        <AxisTicks axis={axis} />
      </div>
      <p className="text-muted mt-4 text-sm">{t("leaders.legend")}</p>
    </div>
  );
}
