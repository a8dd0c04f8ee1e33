import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import type { Model } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";
import { controls, maySee, type Asker } from "@/lib/models/visibility";
import type { DriftWatch } from "@/lib/schemas/endpoints/drift";

/**
 * A model's row, locked, for who has its endpoint in hand: its submitter, and of the site's own and the bundled models who runs the
 * site.
 * @throws SalonError not_found, also for a private model of somebody else's; forbidden
 */
export async function lockWatched({ slug, by }: { slug: string; by: Asker }, tx: Tx): Promise<Model> {
  await tx.$queryRaw`select id from models where slug = ${slug} for no key update`;
  const model = await tx.model.findUnique({ where: { slug } });
  const sees = model !== null && model.removedAt === null && (by === "operator" || maySee(model, by));
  if (!sees && !(model !== null && model.removedAt === null && controls(model.submitterId, by)))
    throw new SalonError("not_found", `There is no model ${JSON.stringify(slug)}.`);
  if (!controls(model.submitterId, by))
    throw new SalonError("forbidden", "Only who submitted a model may have it watched.");
  return model;
}

/**
 * Have it looked every so many days whether the model behind an endpoint is another, on its owner's bill; null: no more. The first
 * look follows within the hour.
 * @throws SalonError not_found, forbidden; conflict for a model without an endpoint that draws images of prompts
 */
export function watchModel(ask: { slug: string; by: Asker } & DriftWatch, tx?: Tx): Promise<void> {
  const { by, everyDays } = ask;
  return atomically(tx, async (tx) => {
    const model = await lockWatched(ask, tx);
    const endpoint = await tx.endpoint.findUnique({ where: { modelId: model.id } });
    if (endpoint === null || model.modality !== "TEXT_TO_IMAGE")
      throw new SalonError("conflict", `${model.name} has no endpoint that draws images of prompts.`);
    await tx.endpoint.update({ where: { id: endpoint.id }, data: { driftDays: everyDays } });
    await recordChange(tx, {
      by,
      action: "models.change",
      subject: { kind: "model", id: model.id, label: model.name },
      before: { driftDays: endpoint.driftDays },
      after: { driftDays: everyDays },
    });
  });
}
