import { countVotes } from "@/lib/comparisons/next-pair";
import { requireComparison } from "@/lib/comparisons/require-comparison";
import { namedRuns } from "@/lib/comparisons/run-names";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import type { Comparison } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";
import type { Outcome } from "@/lib/schemas/battles";
import type { ComparisonVoteResponse } from "@/lib/schemas/comparisons";
import { toPublicOutcome, toStoredOutcome } from "@/lib/votes/vote-outcome";

/**
 * Count a vote on a pair, once: a second one changes nothing and is answered with the first. No board's rating moves.
 * @param ask.now milliseconds since 1970
 * @throws SalonError not_found for another voter's pair too; conflict on a closed comparison
 */
export function castComparisonVote(
  ask: { comparisonId: string; pairId: string; voterId: string | null; outcome: Outcome; now: number },
  tx?: Tx,
): Promise<ComparisonVoteResponse> {
  const { pairId: id, now } = ask;
  return atomically(tx, async (tx) => {
    const comparison = await requireComparison({ ...ask, to: "vote" }, tx);
    const where = { id, comparisonId: comparison.id, voterId: ask.voterId ?? "" };
    const before = await tx.comparisonVote.findFirst({ where });
    if (before === null) throw new SalonError("not_found", "There is no such pair.", { field: "pairId" });
    const decisionMs = Math.min(2 ** 31 - 1, Math.max(0, now - before.handedAt.getTime()));
    await tx.comparisonVote.updateMany({
      where: { ...where, outcome: null },
      data: { outcome: toStoredOutcome(ask.outcome), decisionMs, votedAt: new Date(now) },
    });
    const vote = await tx.comparisonVote.findUniqueOrThrow({ where: { id } });
    return {
      outcome: toPublicOutcome(vote.outcome!),
      done: await countVotes({ comparison, voterId: vote.voterId }, tx),
      names: comparison.showsNames ? await namesOf(vote, comparison, tx) : null,
    };
  });
}

async function namesOf(
  vote: { firstRunId: string; secondRunId: string; firstIsLeft: boolean },
  comparison: Comparison,
  tx: Tx,
): Promise<{ left: string; right: string } | null> {
  const runs = await namedRuns(comparison, tx);
  const [first, second] = [vote.firstRunId, vote.secondRunId].map((id) =>
    runs.find(({ runId }) => runId === id),
  );
  if (first === undefined || second === undefined) return null;
  const [left, right] = vote.firstIsLeft ? [first, second] : [second, first];
  return { left: left.name, right: right.name };
}
