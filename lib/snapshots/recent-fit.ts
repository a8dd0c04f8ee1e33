import type { SnapshotDetails } from "@/lib/snapshots/snapshot-details";

/** A fit whose cost grows with the votes stands until this share of new ones, or of new verdicts, has come: it must not follow each. */
export const GROWTH = 0.01;

/** Whether a fit has seen nearly all there is: the same models, exclusions and kinds of votes, few votes since. */
export function isRecent(
  seen: Pick<SnapshotDetails, "models" | "exclusions" | "countsLiveVotes"> & { votes: number },
  now: Pick<SnapshotDetails, "models" | "exclusions" | "countsLiveVotes"> & { newVotes: number },
): boolean {
  return (
    seen.models.join() === now.models.join() &&
    seen.exclusions.join() === now.exclusions.join() &&
    seen.countsLiveVotes === now.countsLiveVotes &&
    now.newVotes <= GROWTH * seen.votes
  );
}
