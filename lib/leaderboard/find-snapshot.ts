import type { Tx } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";

export type SnapshotWithRows = Prisma.RatingSnapshotGetPayload<{
  include: { rows: true };
  omit: { covariance: true };
}>;

/** What a fit holds equal: nothing, or what the two pictures looked like. */
export type Control = "" | "style";

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
