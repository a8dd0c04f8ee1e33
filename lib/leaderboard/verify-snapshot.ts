import { toPairOutcome } from "@/lib/arena/vote-outcome";
import { db, type Tx } from "@/lib/db/client";
import type { VoteOutcome } from "@/lib/db/generated/enums";
import { SalonError } from "@/lib/errors";
import { snapshotDetails } from "@/lib/leaderboard/snapshot-details";
import { addOutcome, canonicalPair, type PairCount } from "@/lib/ratings/pair-counts";
import { buildSnapshot, verifySnapshot } from "@/lib/ratings/snapshot";

export type Verification = { ok: boolean; votes: number; differences: string[] };

/**
 * Recompute a snapshot from the vote log alone (not from the pair counts it was made from) and compare every
 * number to 1e-9.
 * @throws SalonError "not_found"
 */
export async function verifyStoredSnapshot(snapshotId: string, tx: Tx = db()): Promise<Verification> {
  const stored = await tx.ratingSnapshot.findUnique({ where: { id: snapshotId }, include: { rows: true } });
  if (stored === null) throw new SalonError("not_found", `There is no snapshot ${snapshotId}.`);
  const details = snapshotDetails.parse(stored.details);
  const counts = await countLog({ ...stored, ...details }, tx);
  const recomputed = buildSnapshot(counts, details.models, details.options);
  const rows = stored.rows.map(({ snapshotId: _, modelId, ...row }) => ({ model: modelId, ...row }));
  const differences = verifySnapshot({ ...stored, rows }, recomputed);
  if (stored.votes !== recomputed.votes) {
    differences.push(`votes: stored ${stored.votes}, recomputed ${recomputed.votes}`);
  }
  return { ok: differences.length === 0, votes: recomputed.votes, differences };
}

/** The log's counts by pair as they stood when the snapshot was made. */
async function countLog(
  cut: { boardId: string; category: string; models: string[]; lastEvent: bigint; exclusions: bigint[] },
  tx: Tx,
): Promise<PairCount[]> {
  const rows = await tx.$queryRaw<
    { leftModelId: string; rightModelId: string; outcome: VoteOutcome; votes: number }[]
  >`
    select v."leftModelId", v."rightModelId", v.outcome, count(*)::int as votes
    from "RatingEvent" e
    join "Vote" v on v.id = e."voteId"
    join "Battle" b on b.id = v."battleId"
    join "Prompt" p on p.id = b."promptId"
    where e."boardId" = ${cut.boardId} and e.seq <= ${cut.lastEvent}
      and not e.seq = any (${cut.exclusions}::bigint[])
      and v."leftModelId" = any (${cut.models}) and v."rightModelId" = any (${cut.models})
      and (${cut.category} = '' or p.category = ${cut.category})
    group by 1, 2, 3`;
  return rows.map((row) => {
    const { a, b, outcome } = canonicalPair(row.leftModelId, row.rightModelId, toPairOutcome(row.outcome));
    const count = { a, b, winsA: 0, winsB: 0, ties: 0, bothBad: 0 };
    addOutcome(count, outcome, row.votes);
    return count;
  });
}
