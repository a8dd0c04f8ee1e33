import { count } from "@/components/format";
import { isPracticallyEqual, PRACTICALLY_EQUAL_VOTES } from "@/components/leaderboard/analysis-text";
import type { BoardAnalysis } from "@/lib/schemas/board-analysis";

/** Each two neighbours in rank: whether the votes tell them apart, and about how many more would. */
export function Neighbours({ models, power }: Pick<BoardAnalysis, "models" | "power">) {
  const name = (slug: string) => models.find((model) => model.slug === slug)?.name ?? slug;
  return (
    <>
      <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Neighbours in rank">
        <table className="w-full text-sm">
          <thead className="text-muted text-xs">
            <tr>
              <th scope="col" className="py-2 pr-4 text-left font-medium">
                Neighbours in rank
              </th>
              <th scope="col" className="px-3 py-2 text-left font-medium">
                Told apart
              </th>
              <th scope="col" className="py-2 pl-3 text-right font-medium">
                More votes on the two
              </th>
            </tr>
          </thead>
          <tbody>
            {power.map(({ a, b, separated, directVotes }) => {
              const isEqual = isPracticallyEqual({ separated, directVotes });
              return (
                <tr key={`${a} ${b}`} className="border-line border-t">
                  <th scope="row" className="py-2 pr-4 text-left font-normal">
                    {name(a)} <span className="text-muted">and</span> {name(b)}
                  </th>
                  <td className={`px-3 ${separated ? "" : "text-muted"}`}>{separated ? "yes" : "no"}</td>
                  <td className="pl-3 text-right whitespace-nowrap tabular-nums">
                    {separated ? "–" : isEqual ? "practically equal" : `about ${count(directVotes)}`}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {power.some(isPracticallyEqual) && (
        <p className="text-muted mt-3 text-sm">
          Practically equal: telling them apart would take more than {count(PRACTICALLY_EQUAL_VOTES)} votes.
        </p>
      )}
    </>
  );
}
