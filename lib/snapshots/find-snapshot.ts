import type { Tx } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";

export type SnapshotWithRows = Prisma.RatingSnapshotGetPayload<{
  include: { rows: true };
  omit: { covariance: true };
}>;

/** What a fit is made with: votes alone, what the two pictures looked like held equal, or a judge's verdicts beside them. */
export type Control = "" | "style" | `judge:${string}`;

export const judgeControl = (judgeId: string): Control => `judge:${judgeId}`;

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
