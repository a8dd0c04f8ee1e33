import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { listModel, unlistModel } from "@/lib/models/list-model";
import { lockManagedModel } from "@/lib/models/lock-model";
import type { Asker } from "@/lib/models/visibility";

/**
 * The operator or an admin takes a model out of arena and board. Its votes stay in the log, its submitter still sees it, and its page says
 * to everybody else that it was hidden. Doing it twice changes nothing.
 * @throws SalonError not_found, forbidden
 */
export function hideModel(ask: { slug: string; by: Asker }, tx?: Tx): Promise<void> {
  return atomically(tx, async (tx) => {
    const model = await lockManagedModel(ask, tx);
    if (model.hiddenAt !== null) return;
    await tx.model.update({ where: { id: model.id }, data: { hiddenAt: new Date() } });
    await recordHidden(model, true, ask.by, tx);
    await unlistModel(model.id, tx, ask.by);
  });
}

/**
 * Undo that. The model is listed again if it was meant to be: its submitter's wish stands, and so does a review that waits.
 * @returns whether it is listed now
 * @throws SalonError not_found, forbidden; conflict for a model that is not hidden
 */
export function showModel(ask: { slug: string; by: Asker }, tx?: Tx): Promise<boolean> {
  return atomically(tx, async (tx) => {
    const model = await lockManagedModel(ask, tx);
    if (model.hiddenAt === null) throw new SalonError("conflict", `${model.name} is not hidden.`);
    await tx.model.update({ where: { id: model.id }, data: { hiddenAt: null } });
    await recordHidden(model, false, ask.by, tx);
    return (await isMeantToBeListed(model, tx)) && (await listModel(model.id, tx, ask.by));
  });
}

const recordHidden = ({ id, name }: { id: string; name: string }, hidden: boolean, by: Asker, tx: Tx) =>
  recordChange(tx, {
    by,
    action: "models.hide",
    subject: { kind: "model", id, label: name },
    before: { hidden: !hidden },
    after: { hidden },
  });

/** The operator's models are once they have something to show; a visitor's if a scored run of theirs was to list it. */
export async function isMeantToBeListed(
  model: { id: string; bundled: boolean; imported: boolean; submitterId: string | null },
  tx: Tx,
): Promise<boolean> {
  if (model.bundled || model.imported) return true;
  const wish = model.submitterId === null ? {} : { listsModel: true };
  const where = { modelId: model.id, state: "PUBLISHED", supersededAt: null, ...wish } as const;
  return (await tx.run.count({ where })) > 0;
}
