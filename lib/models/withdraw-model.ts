import type { Visitor } from "@/lib/models/visibility";
import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { unlistModel } from "@/lib/models/list-model";
import { lockModel } from "@/lib/models/lock-model";

/**
 * A visitor takes their model out of arena and board, whatever state its runs are in: none of them lists it when it is scored.
 * Its votes stay in the log; the visitor may publish it again. One that waits for a review waits no more.
 * @throws SalonError not_found; forbidden when another visitor submitted it
 */
export function withdrawModel(ask: { slug: string } & Visitor, tx?: Tx): Promise<void> {
  return atomically(tx, async (tx) => {
    const model = await lockModel({ slug: ask.slug, by: ask }, tx);
    await tx.run.updateMany({ where: { modelId: model.id }, data: { listsModel: false } });
    if (model.review === "WAITING") {
      await tx.model.update({ where: { id: model.id }, data: { review: "NOT_NEEDED" } });
    }
    if (model.listed) await unlistModel(model.id, tx, ask);
    await recordChange(tx, {
      by: ask,
      action: "models.change",
      subject: { kind: "model", id: model.id, label: model.name },
      before: { withdrawn: false },
      after: { withdrawn: true },
    });
  });
}
