import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { claimEdit } from "@/lib/edits/claim-edit";
import { SalonError } from "@/lib/errors";
import type { Asker } from "@/lib/models/visibility";
import { lockPromptSet, usesOf, versionsOf } from "@/lib/prompts/find-prompt-set";

/**
 * Put a set away, all versions of it: it is on no list, and nothing is added to it. What uses it goes on. Again changes nothing.
 * @param ask.archived false brings it back
 * @throws SalonError not_found, forbidden
 */
export function archivePromptSet(
  ask: { slug: string; by: Asker; archived?: boolean },
  tx?: Tx,
): Promise<void> {
  const { archived = true } = ask;
  return atomically(tx, async (tx) => {
    const { id, name, archivedAt } = await lockPromptSet(ask, tx);
    await claimEdit({ thing: { kind: "prompt set", id }, by: ask.by }, tx);
    await tx.promptSet.updateMany({
      where: { id: { in: await versionsOf(id, tx) }, archivedAt: archived ? null : { not: null } },
      data: { archivedAt: archived ? new Date() : null },
    });
    await recordChange(tx, {
      by: ask.by,
      action: "prompts.edit",
      subject: { kind: "prompt set", id, label: name },
      before: { archived: archivedAt !== null },
      after: { archived },
    });
  });
}

/**
 * Remove a version that nothing uses, with its prompts.
 * @throws SalonError not_found, forbidden; conflict for one that is used, or that a version follows
 */
export function removePromptSet(ask: { slug: string; by: Asker }, tx?: Tx): Promise<void> {
  return atomically(tx, async (tx) => {
    const { id, name, slug, version } = await lockPromptSet(ask, tx);
    await claimEdit({ thing: { kind: "prompt set", id }, by: ask.by }, tx);
    const { runs, boards } = await usesOf(id, tx);
    const [samples, battles, checklists, next] = await Promise.all([
      tx.sample.count({ where: { prompt: { promptSetId: id } } }),
      tx.battle.count({ where: { prompt: { promptSetId: id } } }),
      tx.questionSet.count({ where: { promptSetId: id } }),
      tx.promptSet.count({ where: { previousId: id } }),
    ]);
    if (runs + boards + samples + battles + checklists > 0) {
      throw new SalonError(
        "conflict",
        "Runs, boards, votes or questions use this set. It can be archived instead.",
      );
    }
    if (next > 0) throw new SalonError("conflict", "A version follows this one. Remove the newest first.");
    await tx.promptSet.delete({ where: { id } });
    const subject = { kind: "prompt set", id, label: name };
    await recordChange(tx, {
      by: ask.by,
      action: "prompts.edit",
      subject,
      before: { slug, version },
      after: null,
    });
  });
}

/**
 * Show a set that one has in hand to everybody, or to its owner alone: all versions of it.
 * @throws SalonError not_found, forbidden
 */
export function listPromptSet(ask: { slug: string; listed: boolean; by: Asker }, tx?: Tx): Promise<void> {
  return atomically(tx, async (tx) => {
    const { id, name, listed } = await lockPromptSet(ask, tx);
    await claimEdit({ thing: { kind: "prompt set", id }, by: ask.by }, tx);
    await tx.promptSet.updateMany({
      where: { id: { in: await versionsOf(id, tx) } },
      data: { listed: ask.listed },
    });
    await recordChange(tx, {
      by: ask.by,
      action: "prompts.list",
      subject: { kind: "prompt set", id, label: name },
      before: { listed },
      after: { listed: ask.listed },
    });
  });
}
