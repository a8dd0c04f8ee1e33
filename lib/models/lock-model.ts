import type { Tx } from "@/lib/db/client";
import type { Model } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";
import { mayChangeModel, maySee, type Asker } from "@/lib/models/visibility";

/**
 * A model's row and its runs', locked until the transaction ends: runs first, as whoever moves a run on locks them. Votes that name
 * the model go on. The operator and admins may change any, a visitor their own.
 * @throws SalonError not_found, also for a private model of somebody else's; forbidden for a listed one
 */
export async function lockModel(ask: { slug: string; by: Asker }, tx: Tx): Promise<Model> {
  await tx.$queryRaw`
    select r.id from runs r join models m on m.id = r.model_id where m.slug = ${ask.slug} order by r.id for update of r`;
  await tx.$queryRaw`select id from models where slug = ${ask.slug} for no key update`;
  return requireChangeable(ask, tx);
}

/**
 * A model of somebody who may change it, as it is now.
 * @throws SalonError as lockModel
 */
export async function requireChangeable(ask: { slug: string; by: Asker }, tx: Tx): Promise<Model> {
  const absent = new SalonError("not_found", `There is no model ${JSON.stringify(ask.slug)}.`);
  const model = await tx.model.findUnique({ where: { slug: ask.slug } });
  if (model === null || model.removedAt !== null) throw absent;
  if (ask.by !== "operator" && !mayChangeModel(model, ask.by)) {
    if (!maySee(model, ask.by)) throw absent;
    throw new SalonError("forbidden", "Only the visitor who submitted a model may change it.");
  }
  return model;
}

/**
 * The same, for what nobody does to a model of their own: hide it, or review it.
 * @throws SalonError not_found; forbidden for who does not manage the site's models
 */
export async function lockManagedModel(ask: { slug: string; by: Asker }, tx: Tx): Promise<Model> {
  if (ask.by !== "operator" && ask.by.managesAll !== true) {
    throw new SalonError("forbidden", "Only admins hide and review models.");
  }
  return lockModel(ask, tx);
}
