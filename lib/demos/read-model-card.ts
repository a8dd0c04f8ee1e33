import { db, type Tx } from "@/lib/db/client";
import { bundledCardSchema, type BundledCard } from "@/lib/schemas/stack/bundled-card";
import { choicesOf, type Choice } from "@/lib/demos/demo-content";

/** A bundled model's card and the chapters of /stack that it is part of; null for models that came without one. */
export async function readModelCard(
  slug: string,
  tx: Tx = db(),
): Promise<{ card: BundledCard; choices: Choice[] } | null> {
  const model = await tx.model.findUnique({ where: { slug }, select: { card: true } });
  const parsed = bundledCardSchema.safeParse(model?.card);
  return parsed.success ? { card: parsed.data, choices: choicesOf(slug) } : null;
}
