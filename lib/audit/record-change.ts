import type { AuditAction } from "@/lib/audit/audited-actions";
import { actorColumns, type Actor } from "@/lib/audit/actor";
import { changedFields, type Fields } from "@/lib/audit/changed-fields";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";

export interface Change {
  by: Actor;
  action: AuditAction;
  /** What was changed. The label is for reading, and names no person. */
  subject: { kind: string; id: string; label: string };
  /** The fields as they were; null: there was no such thing. */
  before: Fields | null;
  /** The fields as they are; null: it is gone. */
  after: Fields | null;
}

/**
 * Put a change into the audit log, in the transaction that makes it: it is there if that commits, and not otherwise. Where no field
 * changed, nothing is recorded. The event joins the chain as the transaction commits, so that this may stand anywhere in it.
 */
export async function recordChange(tx: Tx, { by, action, subject, before, after }: Change): Promise<void> {
  const changed = changedFields(before, after);
  if (changed === null) return;
  await tx.auditDraft.createMany({
    data: {
      ...actorColumns(by),
      action,
      subjectKind: subject.kind,
      subjectId: subject.id,
      subject: subject.label,
      before: changed.before ?? Prisma.DbNull,
      after: changed.after ?? Prisma.DbNull,
    },
  });
}
