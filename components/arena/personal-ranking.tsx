"use client";

import Link from "next/link";
import { useEffect, useState } from "react";
import { callApi } from "@/components/api-client";
import { count, rankSpread } from "@/components/format";
import { axisOf, IntervalBar } from "@/components/interval-bar";
import type { PersonalRanking as Ranking } from "@/lib/schemas/personal-ranking";

/**
 * A board as this visitor's own votes rank it, beside everybody's; before there are enough, how many are missing.
 * @param votes of this tab: with each the ranking is read anew
 */
export function PersonalRanking({ board, votes }: { board: string; votes: number }) {
  const path = `/api/v1/leaderboards/${encodeURIComponent(board)}/personal`;
  const ranking = useRanking(path, votes);
  if (ranking === null || ranking.votes === 0) return null;
  return (
    <section
      aria-labelledby="own-ranking"
      className="border-line mx-auto w-full max-w-2xl border-t pt-6 text-sm"
    >
      <h2 id="own-ranking" className="text-lg">
        Your own ranking
      </h2>
      {ranking.needed > 0 ? (
        <p className="text-muted mt-2">
          {count(ranking.needed)} more {ranking.needed === 1 ? "vote" : "votes"} on this board, and it appears
          here.
        </p>
      ) : (
        <>
          <p className="text-muted mt-2">
            From your {count(ranking.votes)} votes, those on your own prompts too, drawn towards everybody’s:
            of a model you have seldom seen it says what the board says. 2–4 means that your votes leave any
            rank from 2 to 4 open.
          </p>
          <Rows rows={ranking.rows} />
          <p className="mt-4 flex flex-wrap gap-x-6 gap-y-1">
            <a className="link" href={`${path}?format=csv`} download>
              Download
            </a>
            <a className="link" href={`${path}?format=png`} download>
              Picture to share
            </a>
            <Link className="link" href={`/leaderboard/${board}`}>
              Everybody’s ranking
            </Link>
            <Link className="link" href="/privacy">
              What is kept of you, and erasing it
            </Link>
          </p>
        </>
      )}
    </section>
  );
}

function Rows({ rows }: { rows: Ranking["rows"] }) {
  const axis = axisOf(rows.map(({ ratingLow: low, ratingHigh: high }) => ({ low, high })));
  return (
    <table className="mt-4 w-full">
      <thead className="text-muted text-left text-xs">
        <tr>
          <th scope="col" className="w-14 py-1 pr-2 font-normal">
            You
          </th>
          <th scope="col" className="w-18 py-1 pr-2 font-normal">
            Everybody
          </th>
          <th scope="col" className="py-1 font-normal">
            Model
          </th>
          <th scope="col" className="hidden w-2/5 py-1 font-normal sm:table-cell">
            Rating by your votes, 95%
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.model} className="border-line border-t">
            <td className="py-1.5 pr-2 tabular-nums">{rankSpread(row.rankLow, row.rankHigh)}</td>
            <td className="text-muted py-1.5 pr-2 tabular-nums">{row.boardRank ?? "–"}</td>
            <th scope="row" className="py-1.5 pr-2 text-left font-normal break-words">
              <Link href={`/models/${row.model}`} className="hover:text-accent">
                {row.name}
              </Link>
              <span className="text-muted ml-2 text-xs whitespace-nowrap">
                {count(row.votes)} {row.votes === 1 ? "vote" : "votes"}
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
