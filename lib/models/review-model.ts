import type { Model } from "@/lib/db/generated/client";
import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { isMeantToBeListed } from "@/lib/models/hide-model";
import { listModel, unlistModel } from "@/lib/models/list-model";
import { lockManagedModel } from "@/lib/models/lock-model";
import type { Asker } from "@/lib/models/visibility";

/**
 * The operator or an admin approves a visitor's model: it is listed as soon as a run that was to list it is scored, and the operator's judges
 * judge it. One that is listed already is admitted to the judges. Doing it twice changes nothing.
 * @returns whether it is listed now
 * @throws SalonError not_found; conflict for a model that no visitor submitted
 */
export function approveModel(ask: { slug: string; by: Asker }, tx?: Tx): Promise<boolean> {
  return atomically(tx, async (tx) => {
    const model = await lockVisitors(ask, tx);
    await tx.model.update({ where: { id: model.id }, data: { review: "APPROVED", reviewReason: null } });
    await recordReview(model, { review: "APPROVED", reviewReason: null }, ask.by, tx);
    return (await isMeantToBeListed(model, tx)) && (await listModel(model.id, tx, ask.by));
  });
}

/**
 * The operator or an admin turns a visitor's model down, for a reason that the visitor is shown. It leaves the board, if it was there.
 * @throws SalonError not_found; invalid_request without a reason; conflict for a model that no visitor submitted
 */
export function rejectModel(ask: { slug: string; reason: string; by: Asker }, tx?: Tx): Promise<void> {
  return atomically(tx, async (tx) => {
    const reviewReason = ask.reason.trim();
    if (reviewReason === "") throw new SalonError("invalid_request", "Say why: its submitter is shown it.");
    const model = await lockVisitors(ask, tx);
    await tx.model.update({ where: { id: model.id }, data: { review: "REJECTED", reviewReason } });
    await recordReview(model, { review: "REJECTED", reviewReason }, ask.by, tx);
    if (model.listed) await unlistModel(model.id, tx, ask.by);
  });
}

type Review = Pick<Model, "review" | "reviewReason">;

const recordReview = ({ id, name, review, reviewReason }: Model, after: Review, by: Asker, tx: Tx) =>
  recordChange(tx, {
    by,
    action: "models.review",
    subject: { kind: "model", id, label: name },
    before: { review, reviewReason },
    after: { ...after },
  });

async function lockVisitors(ask: { slug: string; by: Asker }, tx: Tx) {
  const model = await lockManagedModel(ask, tx);
  if (model.submitterId !== null) return model;
  throw new SalonError(
    "conflict",
    `${model.name} was not submitted by a visitor: there is nothing to review.`,
  );
}
