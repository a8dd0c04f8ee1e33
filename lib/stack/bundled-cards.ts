import type { Db, Tx } from "@/lib/db/client";
import { fetchBundledCard } from "@/lib/providers/generation-backend";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import { bundledCardSchema, type BundledCard } from "@/lib/schemas/bundled-card";

/** A bundled model and what lies beside its weights. */
export type BundledModel = { id: string; slug: string; name: string; card: BundledCard };

/** The bundled models whose cards are stored, by slug. */
export async function readBundledModels(tx: Tx): Promise<BundledModel[]> {
  const models = await tx.model.findMany({
    where: { bundled: true },
    select: { id: true, slug: true, name: true, card: true },
    orderBy: { slug: "asc" },
  });
  return models.flatMap(({ card, ...model }) => {
    const parsed = bundledCardSchema.safeParse(card);
    return parsed.success ? [{ ...model, card: parsed.data }] : [];
  });
}

/**
 * Store the cards that the backend has now: the weights may be others than at the last start.
 * @throws SalonError not_ready (retryable) while the backend is away
 */
export async function refreshCards(db: Db, client: GuardedClient, signal: AbortSignal): Promise<void> {
  const models = await db.model.findMany({
    where: { bundled: true, endpoint: { isNot: null } },
    select: { id: true, endpoint: { select: { providerModel: true } } },
  });
  for (const { id, endpoint } of models) {
    const card = await fetchBundledCard(endpoint!.providerModel, client, signal);
    await db.model.update({ where: { id }, data: { card: card ?? undefined } });
  }
}
