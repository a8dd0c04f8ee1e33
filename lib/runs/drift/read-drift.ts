import { db, type Tx } from "@/lib/db/client";
import type { DriftCheck, Model } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";
import { readCapability } from "@/lib/models/probe/capabilities";
import { thoughtPrice } from "@/lib/runs/money/thought-price";
import { CANARY_PROMPTS, type DriftFinding, type DriftView } from "@/lib/schemas/endpoints/drift";

/** What looks at a model found, as its page tells of it; null: it has no endpoint. @param watches whether who asks may switch them on */
export async function readDrift(
  model: Pick<Model, "id" | "bundled">,
  { watches }: { watches: boolean },
  tx: Tx,
): Promise<DriftView | null> {
  const endpoint = await tx.endpoint.findUnique({ where: { modelId: model.id } });
  if (endpoint === null) return null;
  const ofVersion = { endpointId: endpoint.id, version: endpoint.version };
  const newest = (where: { verdict?: "changed" | { not: null } | null }) =>
    tx.driftCheck.findFirst({ where: { ...ofVersion, ...where }, orderBy: { createdAt: "desc" } });
  const changed = await newest({ verdict: "changed" });
  const splitAt = endpoint.splitAt?.toISOString() ?? null;
  if (!watches) return { changed: findingOf(changed), splitAt, watch: null };
  const images = CANARY_PROMPTS * (await drawsOf(model, tx));
  const price = await thoughtPrice({ modelId: model.id, imageSize: endpoint.imageSize, typedUsd: null }, tx);
  return {
    changed: findingOf(changed),
    splitAt,
    watch: {
      everyDays: endpoint.driftDays,
      images,
      costUsd: price === null ? (model.bundled ? 0 : null) : images * price.usd.toNumber(),
      last: findingOf(await newest({ verdict: { not: null } })),
      isUnderWay: (await newest({ verdict: null })) !== null,
    },
  };
}

/** Draws of each prompt that a look needs: one where seeds repeat images, as the bundled models do and a test found of others. */
export async function drawsOf({ id, bundled }: Pick<Model, "id" | "bundled">, tx: Tx): Promise<1 | 2> {
  if (bundled) return 1;
  const seed = (await readCapability({ modelId: id }, tx))?.seed.verdict;
  return seed === "honoured" || seed === "fixed" ? 1 : 2;
}

function findingOf(check: DriftCheck | null): DriftFinding | null {
  if (check === null || check.verdict === null) return null;
  const { createdAt, verdict, distance, low, high, prompts } = check;
  return { at: createdAt.toISOString(), verdict, distance, low, high, prompts };
}

/** The same of a model by its slug, for the operator. @throws SalonError not_found */
export async function readModelDrift(slug: string, tx: Tx = db()): Promise<DriftView | null> {
  const model = await tx.model.findUnique({ where: { slug } });
  if (model === null) throw new SalonError("not_found", `There is no model ${JSON.stringify(slug)}.`);
  return readDrift(model, { watches: true }, tx);
}
