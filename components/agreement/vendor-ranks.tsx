import Link from "next/link";
import { counted, rankSpread } from "@/components/format";
import type { VendorRanksView } from "@/lib/schemas/judges/judge-report";

/** How judges alone rank the models, and how that changes without the judges of one creator. */
export function VendorRanks({ models, cuts }: VendorRanksView) {
  const [all, ...without] = cuts;
  return (
    <section aria-labelledby="vendors" className="border-line border-t pt-8">
      <h2 id="vendors" className="text-2xl">
        Without the judges of one creator
      </h2>
      <p className="text-muted mt-2 max-w-2xl text-sm">
        Judges may favour models of their own family. Ranks by judges&apos; verdicts on pairs alone, with the
        spread that these verdicts cannot exclude; then again with each creator&apos;s judges left out. A rank
        that moves rested on them.
      </p>
      {!all ? (
        <p className="mt-4 font-serif text-lg">
          No judge has judged pairs yet.{" "}
          <Link href="/judges" className="link">
            The judges
          </Link>
        </p>
      ) : (
        <div className="mt-4 overflow-x-auto" tabIndex={0} role="region" aria-label="Ranks by judges">
          <table className="w-full text-sm">
            <thead>
              <tr className="text-muted text-xs">
                <th scope="col" className="py-2 pr-6 text-left font-medium">
                  Model
                </th>
                {cuts.map(({ without, judges, verdicts }) => (
                  <th
                    key={without ?? ""}
                    scope="col"
                    className="px-3 py-2 text-right align-bottom font-medium"
                  >
                    {without === null ? "All judges" : `Without ${without}`}
                    <span className="block font-normal">
                      {counted(judges, "judge")}, {counted(verdicts, "pair")}
                    </span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {all.ranks.map(({ model, rank }) => (
                <tr key={model} className="border-line border-t">
                  <th scope="row" className="min-w-40 py-2.5 pr-6 text-left font-normal">
                    {models.find(({ slug }) => slug === model)?.name ?? model}
                  </th>
                  {cuts.map((cut) => {
                    const own = cut.ranks.find((row) => row.model === model);
                    const moved = own !== undefined && own.rank !== rank;
                    return (
                      <td
                        key={cut.without ?? ""}
                        className={`px-3 py-2.5 text-right tabular-nums ${moved ? "text-alarm" : ""}`}
                      >
                        {own ? `${own.rank} (${rankSpread(own.low, own.high)})` : "–"}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
          </table>
          {without.length === 0 && (
            <p className="text-muted mt-3 text-sm">
              All judges here are of one creator: without them there is no ranking to compare.
            </p>
          )}
        </div>
      )}
    </section>
  );
}
