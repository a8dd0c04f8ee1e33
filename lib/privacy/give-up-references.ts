import { recordChange } from "@/lib/audit/record-change";
import type { Tx } from "@/lib/db/client";
import { onBehalf, type Erasure, type Outcome } from "@/lib/privacy/erasure";

/**
 * Remove the person's reference sets that are not ready, or all but those that runs are scored with; others are the site's.
 * @returns `files`: archives that were still to be read, to be deleted once this is committed
 */
export async function giveUpReferences(
  { person, by, listed }: Erasure,
  tx: Tx,
): Promise<Outcome & { files: string[] }> {
  const sets = await tx.referenceSet.findMany({
    where: { ownerId: { in: person.voterIds } },
    orderBy: { id: "asc" },
    select: {
      ...{ id: true, ownerId: true, state: true, source: true, kind: true, encoderId: true },
      ...{ scoresDistance: true, scoresSamples: true },
    },
  });
  const files: string[] = [];
  let removed = 0;
  for (const { id, ownerId, source, kind, encoderId, ...set } of sets) {
    const isNeeded = set.state === "READY" && (listed === "keep" || set.scoresDistance || set.scoresSamples);
    if (isNeeded) {
      await tx.referenceSet.update({ where: { id }, data: { ownerId: null, addressHash: null } });
    } else {
      await tx.referenceSet.delete({ where: { id } });
      if (source !== null) files.push(source);
      removed += 1;
    }
    await recordChange(tx, {
      by: onBehalf(ownerId!, by),
      action: "references.remove",
      subject: { kind: "reference set", id, label: id },
      before: { kind, encoder: encoderId, isSitesOwn: false },
      after: isNeeded ? { isSitesOwn: true } : null,
    });
  }
  return { removed, kept: sets.length - removed, files };
}
