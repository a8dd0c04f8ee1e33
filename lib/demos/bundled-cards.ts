import type { Tx } from "@/lib/db/client";
import { bundledCardSchema, type BundledCard } from "@/lib/schemas/stack/bundled-card";

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
