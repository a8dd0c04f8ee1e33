import { entersFit, type FitScope } from "@/lib/boards/fit-votes";
import type { Tx } from "@/lib/db/client";
import { snapshotDetails, type SnapshotDetails } from "@/lib/snapshots/snapshot-details";

/** A vote of the log that is not counted, and where it would be. */
export type ExcludedVote = {
  /** Of its rating event. */
  seq: bigint;
  reason: string;
  category: string;
  leftModelId: string;
  rightModelId: string;
};

/** All of a board's votes that are not counted, in the order of the log. */
export function readExcludedVotes(boardId: string, tx: Tx): Promise<ExcludedVote[]> {
  return tx.$queryRaw<ExcludedVote[]>`
    select e.seq, coalesce(v.status_reason, lower(v.status::text)) as reason, p.category,
      v.left_model_id as "leftModelId", v.right_model_id as "rightModelId"
    from votes v
    join rating_events e on e.vote_id = v.id
    join battles b on b.id = v.battle_id
    join prompts p on p.id = b.prompt_id
    where v.board_id = ${boardId} and v.status <> 'COUNTED' order by e.seq`;
}

/** Votes left out of a fit among these models, by reason; undefined where there are none. */
export function exclusionsByReason(
  votes: readonly ExcludedVote[],
  scope: FitScope,
  models: readonly string[],
): { reason: string; votes: number }[] | undefined {
  const known = new Set(models);
  const sums = new Map<string, number>();
  for (const vote of votes) {
    if (!entersFit(vote.category, scope)) continue;
    if (!known.has(vote.leftModelId) || !known.has(vote.rightModelId)) continue;
    sums.set(vote.reason, (sums.get(vote.reason) ?? 0) + 1);
  }
  if (sums.size === 0) return undefined;
  const byReason = [...sums].map(([reason, votes]) => ({ reason, votes }));
  return byReason.sort((x, y) => (x.reason < y.reason ? -1 : 1));
}

/**
 * Whether a fit leaves out every vote that the ranking leaves out: what was excluded is shown nowhere, and what counts
 * apart in no overall fit.
 * @param ranking the newest snapshot of the ranking itself
 */
export function hasSeenExclusions(fit: SnapshotDetails, ranking: { details: unknown } | null): boolean {
  if (ranking === null) return true;
  const seen = new Set(fit.exclusions);
  const { exclusions, countsLiveVotes } = snapshotDetails.parse(ranking.details);
  return (countsLiveVotes || !fit.countsLiveVotes) && exclusions.every((event) => seen.has(event));
}
