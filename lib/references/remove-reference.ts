import { recordChange } from "@/lib/audit/record-change";
import { rm } from "node:fs/promises";
import { claimEdit } from "@/lib/edits/claim-edit";
import { inTransaction, type Db, db as processDb } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { controls, type Asker } from "@/lib/models/visibility";

/**
 * Remove a reference set of one's own, or the site's for who runs it. Scores that were taken to it stay, under the
 * protocol that names it; images that nothing else needs are collected soon (collect-artifacts.ts).
 * @throws SalonError not_found, forbidden; conflict for one that runs are scored with
 */
export async function removeReference(
  ask: { referenceId: string; by: Asker },
  db: Db = processDb(),
): Promise<void> {
  const source = await inTransaction(async (tx) => {
    const set = await tx.referenceSet.findUnique({ where: { id: ask.referenceId } });
    if (!set) throw new SalonError("not_found", "There is no such reference set.");
    if (!controls(set.ownerId, ask.by)) {
      throw new SalonError("forbidden", "Only who added a reference set may remove it.");
    }
    await claimEdit({ thing: { kind: "reference set", id: set.id }, by: ask.by }, tx);
    if (set.state === "READY" && (set.scoresDistance || set.scoresSamples)) {
      throw new SalonError(
        "conflict",
        "Runs are scored with this set. Use another one, or retire it, first.",
      );
    }
    await tx.referenceSet.delete({ where: { id: set.id } });
    await recordChange(tx, {
      by: ask.by,
      action: "references.remove",
      subject: { kind: "reference set", id: set.id, label: set.name },
      before: { kind: set.kind, encoder: set.encoderId },
      after: null,
    });
    return set.ownerId === null ? null : set.source;
  }, db);
  if (source !== null) await rm(source, { force: true });
}
