import { comparePair, type ComparedVote } from "@/lib/comparisons/compare-votes";
import { summaryOf } from "@/lib/comparisons/list-comparisons";
import { requireComparison } from "@/lib/comparisons/require-comparison";
import { db, type Tx } from "@/lib/db/client";
import { readRevision } from "@/lib/edits/claim-edit";
import type { ComparisonResults } from "@/lib/schemas/comparisons";

/** What people say of a comparison's runs, for whoever made it. @throws SalonError not_found */
export async function readComparisonResults(
  ask: { comparisonId: string; voterId: string | null },
  tx: Tx = db(),
): Promise<ComparisonResults> {
  const revision = await readRevision({ kind: "comparison", id: ask.comparisonId }, tx);
  const comparison = await requireComparison({ ...ask, to: "own" }, tx);
  const summary = await summaryOf(comparison, tx);
  const votes = await tx.$queryRaw<ComparedVote[]>`
    select v.first_run_id as first, v.second_run_id as second, v.first_is_left as "firstIsLeft", v.outcome,
      v.voter_id as "voterId", v.prompt_id as "promptId", p.category
    from comparison_votes v join prompts p on p.id = v.prompt_id
    where v.comparison_id = ${comparison.id} and v.outcome is not null`;
  const ids = summary.runs.map(({ runId }) => runId);
  return {
    ...summary,
    revision,
    ownVotes: votes.filter(({ voterId }) => voterId === comparison.ownerId).length,
    pairs: ids.flatMap((first, at) =>
      ids.slice(at + 1).map((second) => comparePair({ first, second }, votes)),
    ),
  };
}
