import { recordChange } from "@/lib/audit/record-change";
import type { Tx } from "@/lib/db/client";
import type { Erasure } from "@/lib/privacy/erasure";

/** Delete what was never anybody else's: webhooks, comparisons with their votes, tokens, and where the person was a guest. */
export async function deletePrivateThings({ person, by }: Erasure, tx: Tx): Promise<void> {
  const owned = { where: { ownerId: { in: person.voterIds } } };
  const theirs = { where: { voterId: { in: person.voterIds } } };
  for (const { id } of await tx.webhook.findMany({ ...owned, select: { id: true } })) {
    const subject = { kind: "webhook", id, label: id };
    await recordChange(tx, {
      by,
      action: "webhooks.change",
      subject,
      before: { isThere: true },
      after: null,
    });
  }
  for (const { id } of await tx.comparison.findMany({ ...owned, select: { id: true } })) {
    const subject = { kind: "comparison", id, label: id };
    await recordChange(tx, {
      by,
      action: "comparisons.change",
      subject,
      before: { isThere: true },
      after: null,
    });
  }
  for (const { id, prefix } of await tx.apiToken.findMany(theirs)) {
    const subject = { kind: "token", id, label: prefix };
    await recordChange(tx, { by, action: "tokens.manage", subject, before: { isThere: true }, after: null });
  }
  await tx.webhook.deleteMany(owned);
  await tx.comparison.deleteMany(owned);
  await tx.apiToken.deleteMany(theirs);
  await tx.boardGuest.deleteMany(theirs);
  await tx.comparisonGuest.deleteMany(theirs);
  await tx.connectionProbe.deleteMany(theirs);
  // What was reported of an image stays known, not by whom and in which words.
  await tx.sampleReport.updateMany({ ...theirs, data: { voterId: null, text: null } });
  await tx.setting.updateMany({ ...theirs, data: { voterId: null } });
}
