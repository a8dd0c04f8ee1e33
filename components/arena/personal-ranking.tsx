"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import { useEffect, useState } from "react";
import { callApi } from "@/components/api-client";
import { axisOf, IntervalBar } from "@/components/interval-bar";
import { useFormat } from "@/components/use-format";
import type { PersonalRanking as Ranking } from "@/lib/schemas/personal-ranking";

/**
 * A board as this visitor's own votes rank it, beside everybody's; before there are enough, how many are missing.
 * @param votes of this tab: with each the ranking is read anew
 */
export function PersonalRanking({ board, votes }: { board: string; votes: number }) {
  const t = useTranslations("arena.ranking");
  const path = `/api/v1/leaderboards/${encodeURIComponent(board)}/personal`;
  const ranking = useRanking(path, votes);
  if (ranking === null || ranking.votes === 0) return null;
  return (
    <section
      aria-labelledby="own-ranking"
      className="border-line mx-auto w-full max-w-2xl border-t pt-6 text-sm"
    >
      <h2 id="own-ranking" className="text-lg">
        {t("title")}
      </h2>
      {ranking.needed > 0 ? (
        <p className="text-muted mt-2">{t("missing", { n: ranking.needed })}</p>
      ) : (
        <>
          <p className="text-muted mt-2">{t("about", { n: ranking.votes })}</p>
          <Rows rows={ranking.rows} />
          <p className="mt-4 flex flex-wrap gap-x-6 gap-y-1">
            <a className="link" href={`${path}?format=csv`} download>
              {t("download")}
            </a>
            <a className="link" href={`${path}?format=png`} download>
              {t("picture")}
            </a>
            <Link className="link" href={`/leaderboard/${board}`}>
              {t("everybodys")}
            </Link>
            <Link className="link" href="/privacy">
              {t("privacy")}
            </Link>
          </p>
        </>
      )}
    </section>
  );
}

function Rows({ rows }: { rows: Ranking["rows"] }) {
  const t = useTranslations("arena.ranking");
  const { rankSpread } = useFormat();
  const axis = axisOf(rows.map(({ ratingLow: low, ratingHigh: high }) => ({ low, high })));
  return (
    <table className="mt-4 w-full">
      <thead className="text-muted text-left text-xs">
        <tr>
          <th scope="col" className="w-14 py-1 pr-2 font-normal">
            {t("you")}
          </th>
          <th scope="col" className="w-18 py-1 pr-2 font-normal">
            {t("everybody")}
          </th>
          <th scope="col" className="py-1 font-normal">
            {t("model")}
          </th>
          <th scope="col" className="hidden w-2/5 py-1 font-normal sm:table-cell">
            {t("rating")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.model} className="border-line border-t">
            <td className="py-1.5 pr-2 tabular-nums">{rankSpread(row.rankLow, row.rankHigh)}</td>
            <td className="text-muted py-1.5 pr-2 tabular-nums">{row.boardRank ?? "–"}</td>
            <th scope="row" className="py-1.5 pr-2 text-left font-normal break-words">
              <Link href={`/models/${row.model}`} translate="no" className="hover:text-accent">
                {row.name}
              </Link>
              <span className="text-muted ml-2 text-xs whitespace-nowrap">
                {t("votes", { n: row.votes })}
              </span>
            </th>
            <td className="hidden py-1.5 sm:table-cell">
              {axis && (
                <IntervalBar value={row.rating} low={row.ratingLow} high={row.ratingHigh} axis={axis} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** null until it has come; one that does not come now comes with the next vote. */
function useRanking(path: string, votes: number): Ranking | null {
  const [ranking, setRanking] = useState<Ranking | null>(null);
  useEffect(() => {
    let left = false;
    callApi<Ranking>(path).then(
      (read) => {
        if (!left) setRanking(read);
      },
      () => undefined,
    );
    return () => {
      left = true;
    };
  }, [path, votes]);
  return ranking;
}
