import { requireComparison } from "@/lib/comparisons/require-comparison";
import { visitorHolder } from "@/lib/queue/holder";
import { requireRoom } from "@/lib/runs/require-room";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import type { ComparisonChanges } from "@/lib/schemas/comparisons";

/**
 * Change what a comparison is called and asks, close it, or open it again. What voters have said stays.
 * @throws SalonError not_found; conflict when it is opened again and its owner has enough of them
 */
export function changeComparison(
  ask: { comparisonId: string; voterId: string | null; changes: ComparisonChanges; address?: string | null },
  tx?: Tx,
): Promise<void> {
  const { archived, ...changes } = ask.changes;
  return atomically(tx, async (tx) => {
    const { id, archivedAt } = await requireComparison({ ...ask, to: "own" }, tx);
    if (archived === false && archivedAt !== null) {
      await requireRoom("comparisons", await visitorHolder(ask), tx);
    }
    const closed = archived === undefined ? {} : { archivedAt: archived ? (archivedAt ?? new Date()) : null };
    await tx.comparison.update({ where: { id }, data: { ...changes, ...closed } });
  });
}
