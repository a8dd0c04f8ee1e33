import type { Tx } from "@/lib/db/client";
import type { Modality } from "@/lib/db/generated/enums";
import { bundledCardSchema, type BundledCard } from "@/lib/schemas/stack/bundled-card";

/** A bundled model and what lies beside its weights. */
export type BundledModel = { id: string; slug: string; name: string; card: BundledCard };

/** The bundled models of one kind whose cards are stored, by slug; of images unless told. */
export async function readBundledModels(
  tx: Tx,
  modality: Extract<Modality, "TEXT_TO_IMAGE" | "TEXT_TO_VIDEO"> = "TEXT_TO_IMAGE",
): Promise<BundledModel[]> {
  const models = await tx.model.findMany({
    where: { bundled: true, modality },
    select: { id: true, slug: true, name: true, card: true },
    orderBy: { slug: "asc" },
  });
  return models.flatMap(({ card, ...model }) => {
    const parsed = bundledCardSchema.safeParse(card);
    return parsed.success ? [{ ...model, card: parsed.data }] : [];
  });
}
