import slugify from "@sindresorhus/slugify";
import type { Tx } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/new-id";
import { notePrice } from "@/lib/models/note-price";
import { sealForRow } from "@/lib/secrets/seal-key";

type NewModel = Omit<Prisma.ModelUncheckedCreateInput, "id" | "slug">;
type NewEndpoint = Omit<
  Prisma.EndpointUncheckedCreateInput,
  "id" | "modelId" | "apiKeySealed" | "apiKeyLast4"
> & {
  apiKey: string | null;
};

/**
 * A model and where it is called, or null for one that is known by its samples alone. Its key is sealed before it comes near the
 * database.
 */
export async function addModel(
  { priceSource = null, ...facts }: NewModel & { slug?: string; priceSource?: string | null },
  endpoint: NewEndpoint | null,
  tx: Tx,
): Promise<{ id: string; slug: string }> {
  const id = newId("model");
  const slug = facts.slug ?? (await freeSlug(facts.name, tx));
  const { pricePerImageUsd, submitterId } = await tx.model.create({ data: { ...facts, id, slug } });
  if (pricePerImageUsd !== null)
    await notePrice({ id, pricePerImageUsd }, { byOperator: submitterId === null, source: priceSource }, tx);
  if (endpoint !== null) await addEndpoint(id, endpoint, tx);
  return { id, slug };
}

async function addEndpoint(modelId: string, { apiKey, ...address }: NewEndpoint, tx: Tx): Promise<void> {
  const endpointId = newId("endpoint");
  await tx.endpoint.create({
    data: {
      ...address,
      id: endpointId,
      modelId,
      apiKeySealed: apiKey === null ? null : await sealForRow(apiKey, endpointId),
      apiKeyLast4: apiKey === null || apiKey.length < 12 ? null : apiKey.slice(-4),
    },
  });
}

/** "FLUX.2 [dev]" -> "flux-2-dev", "Größe" -> "groesse"; a name without a letter or digit that has Latin ones is called "model". */
export function slugOf(name: string): string {
  // The library would spell out "&" and join "it's"; a plain name's slug is its letters and digits alone.
  const words = name.normalize("NFKC").replace(/[^\p{L}\p{N}\p{M}]+/gu, " ");
  const slug = slugify(words, { decamelize: false });
  return slug.slice(0, 60).replace(/-$/, "") || "model";
}

/** The name's slug, or the first of slug-2, slug-3, ... that is free. Submissions of one name wait for each other. */
export async function freeSlug(name: string, tx: Tx): Promise<string> {
  const base = slugOf(name);
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`slug:${base}`}, 0))`;
  const rows = await tx.model.findMany({ where: { slug: { startsWith: base } }, select: { slug: true } });
  const taken = new Set(rows.map((row) => row.slug));
  if (!taken.has(base)) return base;
  for (let number = 2; ; number++) if (!taken.has(`${base}-${number}`)) return `${base}-${number}`;
}
