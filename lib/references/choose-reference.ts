import type { Actor } from "@/lib/audit/actor";
import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { claimEdit } from "@/lib/edits/claim-edit";
import { SalonError } from "@/lib/errors";
import { examineAllRuns } from "@/lib/references/finish-reference";

/**
 * Score runs with this set from now on, instead of the one that its encoder's runs were scored with: their distances, and,
 * where it has images, all that compares single samples. Scores that are there stay under their own protocol (rescore-run.ts
 * adds those under the new one); every published run is examined anew.
 * @throws SalonError not_found; not_ready when it is not built
 */
export function chooseReference(ask: { referenceId: string; by: Actor }, tx?: Tx): Promise<void> {
  const { referenceId, by } = ask;
  return atomically(tx, async (tx) => {
    const set = await tx.referenceSet.findUnique({
      where: { id: referenceId },
      select: { state: true, encoderId: true, preprocessing: true, name: true, scoresDistance: true, scoresSamples: true }, // prettier-ignore
    });
    if (!set) throw new SalonError("not_found", "There is no such reference set.");
    if (set.state !== "READY") throw new SalonError("not_ready", "The set is not built yet.");
    await claimEdit({ thing: { kind: "reference set", id: referenceId }, by }, tx);
    const { encoderId, preprocessing } = set;
    const hasImages = (await tx.referenceImage.count({ where: { referenceSetId: referenceId } })) > 0;
    const others = { encoderId, preprocessing, id: { not: referenceId } };
    await tx.referenceSet.updateMany({ where: others, data: { scoresDistance: false } });
    if (hasImages) await tx.referenceSet.updateMany({ where: others, data: { scoresSamples: false } });
    await tx.referenceSet.update({
      where: { id: referenceId },
      data: { scoresDistance: true, scoresSamples: hasImages },
    });
    await recordChange(tx, {
      by,
      action: "references.use",
      subject: { kind: "reference set", id: referenceId, label: set.name },
      before: { scoresDistance: set.scoresDistance, scoresSamples: set.scoresSamples },
      after: { scoresDistance: true, scoresSamples: hasImages },
    });
    await examineAllRuns(tx);
  });
}

/**
 * The same, where no set of its encoder scores runs yet: an operator who adds the first one means it.
 * @returns whether it was
 */
export function chooseFirstReference(referenceId: string, tx?: Tx): Promise<boolean> {
  return atomically(tx, async (tx) => {
    const { encoderId, preprocessing } = await tx.referenceSet.findUniqueOrThrow({
      where: { id: referenceId },
      select: { encoderId: true, preprocessing: true },
    });
    const inUse = await tx.referenceSet.count({
      where: { encoderId, preprocessing, OR: [{ scoresDistance: true }, { scoresSamples: true }] },
    });
    if (inUse > 0) return false;
    await chooseReference({ referenceId, by: "operator" }, tx);
    return true;
  });
}

/**
 * Score no run with this set from now on. Scores that are there stay under the protocol that names it.
 * @throws SalonError not_found
 */
export function retireReference(ask: { referenceId: string; by: Actor }, tx?: Tx): Promise<void> {
  const { referenceId, by } = ask;
  const scores = { scoresDistance: false, scoresSamples: false };
  return atomically(tx, async (tx) => {
    const set = await tx.referenceSet.findUnique({ where: { id: referenceId } });
    if (set === null) throw new SalonError("not_found", "There is no such reference set.");
    await claimEdit({ thing: { kind: "reference set", id: referenceId }, by }, tx);
    await tx.referenceSet.updateMany({ where: { id: referenceId }, data: scores });
    await recordChange(tx, {
      by,
      action: "references.use",
      subject: { kind: "reference set", id: referenceId, label: set.name },
      before: { scoresDistance: set.scoresDistance, scoresSamples: set.scoresSamples },
      after: scores,
    });
  });
}
