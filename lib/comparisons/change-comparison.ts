import type { Via } from "@/lib/audit/actor";
import { recordChange } from "@/lib/audit/record-change";
import { requireComparison } from "@/lib/comparisons/require-comparison";
import { visitorHolder } from "@/lib/queue/holder";
import { requireRoom } from "@/lib/runs/require-room";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { claimEdit } from "@/lib/edits/claim-edit";
import type { Comparison } from "@/lib/db/generated/client";
import type { ComparisonChanges } from "@/lib/schemas/comparisons";

/**
 * Change what a comparison is called and asks, close it, or open it again. What voters have said stays.
 * @throws SalonError not_found; conflict when it was changed since it was read, or when it is opened again and its owner has enough of them
 */
export function changeComparison(
  ask: {
    comparisonId: string;
    voterId: string | null;
    changes: ComparisonChanges;
    via?: Via;
    read?: number;
    address?: string | null;
  },
  tx?: Tx,
): Promise<void> {
  const { archived, ...changes } = ask.changes;
  return atomically(tx, async (tx) => {
    const by = { voterId: ask.voterId, via: ask.via, read: ask.read };
    const { id } = await requireComparison({ ...ask, to: "own" }, tx);
    await claimEdit({ thing: { kind: "comparison", id }, by }, tx);
    const before = await requireComparison({ ...ask, to: "own" }, tx);
    const { archivedAt } = before;
    if (archived === false && archivedAt !== null) {
      await requireRoom("comparisons", await visitorHolder(ask), tx);
    }
    const closed = archived === undefined ? {} : { archivedAt: archived ? (archivedAt ?? new Date()) : null };
    const after = await tx.comparison.update({ where: { id }, data: { ...changes, ...closed } });
    await recordChange(tx, {
      by,
      action: "comparisons.change",
      subject: { kind: "comparison", id, label: after.name },
      before: factsOf(before),
      after: factsOf(after),
    });
  });
}

/** What the audit log compares of a comparison. */
const factsOf = ({ name, question, archivedAt }: Pick<Comparison, "name" | "question" | "archivedAt">) => ({
  ...{ name, question, archivedAt },
});
