import { namedRuns } from "@/lib/comparisons/run-names";
import { db, type Tx } from "@/lib/db/client";
import type { Comparison } from "@/lib/db/generated/client";
import type { ComparisonSummary } from "@/lib/schemas/comparisons";

/** A visitor's own comparisons, newest first, closed ones last. */
export async function listComparisons(
  ask: { voterId: string | null },
  tx: Tx = db(),
): Promise<ComparisonSummary[]> {
  if (ask.voterId === null) return [];
  const own = await tx.comparison.findMany({
    where: { ownerId: ask.voterId },
    orderBy: [{ archivedAt: { sort: "desc", nulls: "first" } }, { createdAt: "desc" }, { id: "desc" }],
    take: 200,
  });
  return Promise.all(own.map((comparison) => summaryOf(comparison, tx)));
}

/** What a list says of a comparison. */
export async function summaryOf(comparison: Comparison, tx: Tx): Promise<ComparisonSummary> {
  const { id, name, question, pairsPerVoter, showsNames, archivedAt, createdAt } = comparison;
  const runs = await namedRuns(comparison, tx);
  const [{ votes, voters }] = await tx.$queryRaw<{ votes: number; voters: number }[]>`
    select count(*)::int as votes, count(distinct voter_id)::int as voters
    from comparison_votes where comparison_id = ${id} and outcome is not null`;
  return {
    ...{ comparisonId: id, name, question, pairsPerVoter, showsNames, votes, voters },
    promptSet: runs[0]?.promptSet ?? null,
    runs: runs.map(({ runId, name }) => ({ runId, name })),
    archived: archivedAt !== null,
    createdAt: createdAt.toISOString(),
  };
}
