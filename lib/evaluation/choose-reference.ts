import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { examineAllRuns } from "@/lib/evaluation/finish-reference";

/**
 * Score runs with this set from now on, instead of the one that its encoder's runs were scored with: their distances, and,
 * where it has pictures, all that compares single samples. Scores that are there stay under their own protocol; every
 * published run is examined anew.
 * @throws SalonError not_found; not_ready when it is not built
 */
export function chooseReference(referenceId: string, tx?: Tx): Promise<void> {
  return atomically(tx, async (tx) => {
    const set = await tx.referenceSet.findUnique({
      where: { id: referenceId },
      select: { state: true, extractorId: true, preprocessing: true, kind: true },
    });
    if (!set) throw new SalonError("not_found", "There is no such reference set.");
    if (set.state !== "READY") throw new SalonError("not_ready", "The set is not built yet.");
    const { extractorId, preprocessing } = set;
    const hasPictures = (await tx.referencePicture.count({ where: { referenceSetId: referenceId } })) > 0;
    const others = { extractorId, preprocessing, id: { not: referenceId } };
    await tx.referenceSet.updateMany({ where: others, data: { scoresDistance: false } });
    if (hasPictures) await tx.referenceSet.updateMany({ where: others, data: { scoresSamples: false } });
    await tx.referenceSet.update({
      where: { id: referenceId },
      data: { scoresDistance: true, scoresSamples: hasPictures },
    });
    await examineAllRuns(tx);
  });
}
