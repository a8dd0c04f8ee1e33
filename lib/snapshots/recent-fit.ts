import type { SnapshotDetails } from "@/lib/snapshots/snapshot-details";

/** A fit whose cost grows with the votes stands until this share of new ones, or of new verdicts, has come: it must not follow each. */
export const GROWTH = 0.01;

/** Whether a fit has seen nearly all there is: the same models, the same exclusions, few votes since. */
export function isRecent(
  seen: Pick<SnapshotDetails, "models" | "exclusions"> & { votes: number },
  now: Pick<SnapshotDetails, "models" | "exclusions"> & { newVotes: number },
): boolean {
  return (
    seen.models.join() === now.models.join() &&
    seen.exclusions.join() === now.exclusions.join() &&
    now.newVotes <= GROWTH * seen.votes
  );
}
