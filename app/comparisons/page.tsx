import type { Metadata } from "next";
import Link from "next/link";
import { currentVoter } from "@/app/current-voter";
import { counted, day } from "@/components/format";
import { listComparisons } from "@/lib/comparisons/list-comparisons";

export const dynamic = "force-dynamic";
export const metadata: Metadata = {
  title: "Comparisons",
  description: "Private votes between runs that you chose.",
};

export default async function ComparisonsPage() {
  const comparisons = await listComparisons({ voterId: await currentVoter() });
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">Your comparisons</h1>
      <p className="text-muted mt-3 max-w-2xl">
        Private votes between runs: you choose the runs, people whom you send a link choose between their
        samples, blind, and you alone see what they say. Make one on a run&apos;s page, under “Against another
        run”.
      </p>
      {comparisons.length === 0 ? (
        <p className="card text-muted mt-10 p-8 text-center">
          None yet.{" "}
          <Link className="link" href="/runs">
            Choose a run
          </Link>{" "}
          to begin.
        </p>
      ) : (
        <ul className="border-line mt-10 border-t">
          {comparisons.map(({ comparisonId, name, runs, votes, voters, archived, createdAt }) => (
            <li key={comparisonId} className="border-line border-b py-4">
              <Link
                className="hover:text-accent font-serif text-xl break-words"
                href={`/comparisons/${comparisonId}`}
              >
                {name}
              </Link>
              <p className="text-muted mt-1 text-sm break-words">{runs.map((run) => run.name).join(" · ")}</p>
              <p className="text-muted mt-1 text-xs tabular-nums">
                {counted(votes, "vote")} of {counted(voters, "person", "people")}, made {day(createdAt)}
                {archived && ", closed"}
              </p>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
