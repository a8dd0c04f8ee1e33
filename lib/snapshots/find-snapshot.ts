import type { Tx } from "@/lib/db/client";
import { snapshotDetails } from "@/lib/snapshots/snapshot-details";
import type { Prisma } from "@/lib/db/generated/client";

export type SnapshotWithRows = Prisma.RatingSnapshotGetPayload<{
  include: { rows: true };
  omit: { covariance: true };
}>;

/** What a fit is made with: votes alone, what the two images looked like held equal, or a judge's verdicts beside them. */
export type Control = "" | "style" | `judge:${string}`;

export const judgeControl = (judgeId: string): Control => `judge:${judgeId}`;

/** A board's newest fit of a kind, as far as the next one must know it; null before the first. */
export async function findNewestFit(of: { boardId: string; category: string; control: Control }, tx: Tx) {
  const newest = await tx.ratingSnapshot.findFirst({
    where: of,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: { inputsHash: true, details: true, votes: true },
  });
  return newest && { ...newest, details: snapshotDetails.parse(newest.details) };
}

/** Whether a fit says something new, or is of other kinds of votes, and has seen no less of the log than the newest. */
export function isNews(
  fit: { snapshot: { inputsHash: string }; cut: { lastEvent: bigint; countsLiveVotes: boolean } },
  newest: Awaited<ReturnType<typeof findNewestFit>>,
): boolean {
  if (newest === null) return true;
  const { inputsHash, details } = newest;
  const isOther =
    inputsHash !== fit.snapshot.inputsHash || details.countsLiveVotes !== fit.cut.countsLiveVotes;
  return isOther && details.lastEvent <= fit.cut.lastEvent;
}

/** A board's newest snapshot with its rows, best first; category "" is the whole board. Null before the first. */
export function findNewestSnapshot(
  boardId: string,
  category: string,
  tx: Tx,
  control: Control = "",
): Promise<SnapshotWithRows | null> {
  return tx.ratingSnapshot.findFirst({
    where: { boardId, category, control },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    omit: { covariance: true },
    include: { rows: { orderBy: [{ rank: { sort: "asc", nulls: "last" } }, { rating: "desc" }] } },
  });
}
