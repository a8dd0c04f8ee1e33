import { db, type Tx } from "@/lib/db/client";
import { listManagedModels } from "@/lib/models/list-managed-models";
import type { ManagedModels, ManagedQuery } from "@/lib/schemas/administration/managed-models";

const PAGE = 25;

/** A page of all models of the site, the newest first. */
export async function readManagedModels(query: ManagedQuery, tx: Tx = db()): Promise<ManagedModels> {
  const found = await listManagedModels({ ...query, limit: PAGE + 1 }, tx);
  const models = found.slice(0, PAGE);
  return { models, next: found.length > PAGE ? models[PAGE - 1].id : null };
}
