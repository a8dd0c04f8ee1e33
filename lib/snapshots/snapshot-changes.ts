import { z } from "zod";
import type { Tx } from "@/lib/db/client";

/** SnapshotChanges.changes: models by id that came into the ranking, or whose rank is another, best first. */
export const snapshotChanges = z.array(
  z.object({
    model: z.string(),
    rank: z.number().int(),
    rankLow: z.number().int(),
    rankHigh: z.number().int(),
    /** The rank on the day before; null: none, it is new. */
    from: z.number().int().nullable(),
  }),
);
export type SnapshotChanges = z.output<typeof snapshotChanges>;

type Ranked = { modelId: string; rank: number | null; rankLow: number | null; rankHigh: number | null };

/** How a ranking differs from an earlier one. A model that left it is not among the changes: it is the board's no more. */
export function changedRanks(before: readonly Ranked[], after: readonly Ranked[]): SnapshotChanges {
  const earlier = new Map(before.map(({ modelId, rank }) => [modelId, rank]));
  return after
    .flatMap(({ modelId: model, rank, rankLow, rankHigh }) => {
      const from = earlier.get(model) ?? null;
      if (rank === null || rank === from) return [];
      return [{ model, rank, rankLow: rankLow ?? rank, rankHigh: rankHigh ?? rank, from }];
    })
    .sort((x, y) => x.rank - y.rank || (x.model < y.model ? -1 : 1));
}

/**
 * Keep what a ranking changed against the last one of an earlier day (UTC), which thinning keeps; of a board's first day, against
 * nothing. Two rankings are read, whatever the board has.
 * @param snapshotId of a whole board with nothing held equal
 */
export async function storeChanges(snapshotId: string, tx: Tx): Promise<void> {
  const { boardId, createdAt, rows } = await tx.ratingSnapshot.findUniqueOrThrow({
    where: { id: snapshotId },
    select: { boardId: true, createdAt: true, rows: true },
  });
  const last = await tx.ratingSnapshot.findFirst({
    where: { boardId, category: "", control: "", createdAt: { lt: startOfDay(createdAt) } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: { rows: true },
  });
  await tx.snapshotChanges.create({ data: { snapshotId, changes: changedRanks(last?.rows ?? [], rows) } });
}

function startOfDay(at: Date): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()));
}
