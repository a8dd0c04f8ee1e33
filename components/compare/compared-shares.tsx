import Link from "next/link";
import { pairAddress } from "@/components/explorer/explorer-text";
import { count, counted, percent } from "@/components/format";
import { isPracticallyEqual } from "@/components/leaderboard/analysis-text";
import { ScrollRegion } from "@/components/scroll-region";
import type { ModelComparison } from "@/lib/schemas/model-comparison";

/** How often people chose one of each two models, with n, and what the whole board's votes let expect. */
export function ComparedShares({ comparison: { board, models, pairs } }: { comparison: ModelComparison }) {
  const name = (slug: string) => models.find(({ model }) => model === slug)?.name ?? slug;
  const each = models.flatMap(({ model: a }, index) =>
    models.slice(index + 1).flatMap(({ model: b }) => pairs.filter((pair) => pair.a === a && pair.b === b)),
  );
  return (
    <section aria-labelledby="shares" className="mt-14">
      <h2 id="shares" className="text-2xl">
        Votes between them
      </h2>
      {each.length === 0 ? (
        <p className="text-muted mt-3 text-sm">
          Nothing is known of these two by two yet: it follows once both are voted on.
        </p>
      ) : (
        <>
          <p className="text-muted mt-2 max-w-3xl text-sm">
            Won is the share of votes on the two themselves, ties and both-bad counting half. Expected is what
            all votes on the board say of the two, with its 95% interval.
          </p>
          <ScrollRegion label="Votes between them" className="mt-4">
            <table className="w-full max-w-4xl text-sm tabular-nums">
              <thead className="text-muted text-xs">
                <tr>
                  {["Between", "Won by the first", "Votes", "Expected", "Told apart"].map((label, index) => (
                    <th
                      key={label}
                      scope="col"
                      className={`py-2 pr-4 font-medium ${index === 0 || index === 4 ? "text-left" : "text-right"}`}
                    >
                      {label}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {each.map((pair) => (
                  <tr key={`${pair.a} ${pair.b}`} className="border-line border-t">
                    <th scope="row" className="py-2.5 pr-4 text-left font-normal">
                      {name(pair.a)} <span className="text-muted">and</span> {name(pair.b)}
                    </th>
                    <td className="py-2.5 pr-4 text-right text-base">{percent(pair.observed)}</td>
                    <td className="text-muted py-2.5 pr-4 text-right">
                      {pair.games === 0 ? (
                        count(0)
                      ) : (
                        <Link
                          className="link"
                          href={pairAddress(board.slug, pair.a, pair.b)}
                          aria-label={`${counted(pair.games, "vote")} between ${name(pair.a)} and ${name(pair.b)}: show them`}
                        >
                          {count(pair.games)}
                        </Link>
                      )}
                      <span className="block text-xs whitespace-nowrap">
                        {count(pair.wins)} won, {count(pair.losses)} lost, {count(pair.ties + pair.bothBad)}{" "}
                        even
                      </span>
                    </td>
                    <td className="py-2.5 pr-4 text-right">
                      {percent(pair.predicted)}
                      <span className="text-muted block text-xs whitespace-nowrap">
                        {percent(pair.predictedLow)} to {percent(pair.predictedHigh)}
                      </span>
                    </td>
                    <td className="py-2.5 pr-4">{apartText(pair)}</td>
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

function apartText(pair: ModelComparison["pairs"][number]): string {
  if (pair.separated) return "yes";
  if (isPracticallyEqual(pair) || pair.directVotes === null) return "practically equal";
  return `no; about ${counted(pair.directVotes, "more vote")} on the two would`;
}
