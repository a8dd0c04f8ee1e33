import { count, percent } from "@/components/format";
import type { ComparedPair, ComparisonShare } from "@/lib/schemas/comparisons";

/** Of whom an interval speaks, in a sentence. */
export function speaksForText({ speaksFor }: Pick<ComparisonShare, "speaksFor">, voters: number): string {
  if (speaksFor.length === 2) return "The interval speaks of other people and other prompts like these.";
  if (speaksFor[0] === "voters") return "The interval speaks of other people, on these prompts alone.";
  const people = voters === 1 ? "this one person" : `these ${count(voters)} people`;
  return speaksFor[0] === "prompts"
    ? `The interval speaks of ${people} alone, on other prompts too; from four people on, of others as well.`
    : `The interval takes each vote by itself: it speaks of ${people} on these prompts alone.`;
}

/** How often people chose the first of two runs, all together and by category of prompt. */
export function PairShare({ pair, names }: { pair: ComparedPair; names: [string, string] }) {
  const { share, votes, voters, firstWins, secondWins, ties, bothBad, categories } = pair;
  if (share === null) return <p className="text-muted mt-4 text-sm">No vote on these two yet.</p>;
  const rows = [{ category: null, share }, ...(categories.length > 1 ? categories : [])];
  return (
    <>
      <p className="mt-4 max-w-3xl">
        <span className="font-serif text-4xl tabular-nums">{percent(share.value)}</span> for {names[0]}, 95%
        interval {percent(share.low)} to {percent(share.high)}
      </p>
      <p className="text-muted mt-1 max-w-3xl text-sm">
        {count(votes)} votes of {count(voters)} {voters === 1 ? "person" : "people"}: {count(firstWins)} for{" "}
        {names[0]}, {count(secondWins)} for {names[1]}, {count(ties)} ties, {count(bothBad)} both bad; the
        last two count half for each. {speaksForText(share, voters)}
      </p>
      <div className="mt-4 overflow-x-auto" tabIndex={0} role="region" aria-label="Shares by category">
        <table className="w-full max-w-3xl text-sm tabular-nums">
          <thead className="text-muted text-left text-xs">
            <tr className="border-line border-b">
              <th className="py-2 pr-4 font-normal">Category</th>
              <th className="w-2/5 py-2 pr-4 font-normal">
                {names[1]} <span aria-hidden="true">←</span> <span className="sr-only">to</span>{" "}
                <span aria-hidden="true">→</span> {names[0]}
              </th>
              <th className="py-2 pr-4 text-right font-normal">Share</th>
              <th className="py-2 pr-4 font-normal">95% interval</th>
              <th className="py-2 text-right font-normal">Votes</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ category, share: each }) => (
              <tr key={category ?? ""} className="border-line border-b">
                <th scope="row" className="py-2.5 pr-4 text-left font-normal">
                  {category ?? "All"}
                </th>
                <td className="py-2.5 pr-4">
                  <ShareBar share={each} />
                </td>
                <td className="py-2.5 pr-4 text-right">{percent(each.value)}</td>
                <td className="text-muted py-2.5 pr-4 whitespace-nowrap">
                  {percent(each.low)} to {percent(each.high)}
                </td>
                <td className="text-muted py-2.5 text-right">{count(each.votes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** An interval on a line from 0 to 1, with even in the middle. */
function ShareBar({ share: { value, low, high } }: { share: ComparisonShare }) {
  return (
    <span aria-hidden="true" className="bg-sunk relative block h-2 min-w-24 rounded-full">
      <span className="bg-line-strong absolute inset-y-[-3px] left-1/2 w-px" />
      <span
        className="bg-accent/40 absolute inset-y-0 rounded-full"
        style={{ left: `${100 * low}%`, right: `${100 * (1 - high)}%` }}
      />
      <span
        className="bg-accent absolute inset-y-[-2px] w-1 -translate-x-1/2 rounded-full"
        style={{ left: `${100 * value}%` }}
      />
    </span>
  );
}
