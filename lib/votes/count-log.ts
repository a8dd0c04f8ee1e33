import { toPairOutcome } from "@/lib/votes/vote-outcome";
import type { Tx } from "@/lib/db/client";
import type { VoteOutcome } from "@/lib/db/generated/enums";
import { exclusionsOfCut, votesOfCut, type VotesOfCut } from "@/lib/snapshots/log-position";
import { addOutcome, canonicalPair, type PairCount } from "@/lib/ratings/pair-counts";

/** The log's counts by pair as they stood at a cut, from the votes alone. */
export async function countLog(cut: VotesOfCut, tx: Tx): Promise<PairCount[]> {
  const rows = await tx.$queryRaw<
    { leftModelId: string; rightModelId: string; outcome: VoteOutcome; votes: number }[]
  >`
    select v.left_model_id as "leftModelId", v.right_model_id as "rightModelId", v.outcome, count(*)::int as votes
      ${votesOfCut(cut)} group by 1, 2, 3`;
  return rows.map((row) => {
    const { a, b, outcome } = canonicalPair(row.leftModelId, row.rightModelId, toPairOutcome(row.outcome));
    const count = { a, b, winsA: 0, winsB: 0, ties: 0, bothBad: 0 };
    addOutcome(count, outcome, row.votes);
    return count;
  });
}

/** How many of the events left out are votes of the cut. */
export async function countExcluded(cut: VotesOfCut, tx: Tx): Promise<number> {
  const [{ votes }] = await tx.$queryRaw<{ votes: number }[]>`
    select count(*)::int as votes ${exclusionsOfCut(cut)}`;
  return votes;
}
