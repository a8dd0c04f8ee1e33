import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { PriceSource } from "@/lib/schemas/costs";

/** What an image is thought to cost before it is asked for. */
export interface ThoughtPrice {
  usd: Prisma.Decimal;
  source: PriceSource;
}

/**
 * What an image of a model is thought to cost: what who asks says; else the mean of what its endpoint, as it is now, said that earlier
 * images of the size cost; else the list price.
 * @param typedUsd what who asks says
 * @returns null where nothing is known, and of a bundled model, which costs nobody a bill
 */
export async function thoughtPrice(
  ask: { modelId: string; imageSize: string; typedUsd: number | null },
  tx: Tx,
): Promise<ThoughtPrice | null> {
  if (ask.typedUsd !== null) return { usd: new Prisma.Decimal(ask.typedUsd), source: "typed" };
  const { bundled, pricePerImageUsd } = await tx.model.findUniqueOrThrow({ where: { id: ask.modelId } });
  if (bundled) return null;
  const [{ usd }] = await tx.$queryRaw<[{ usd: Prisma.Decimal | null }]>`
    select avg(s.cost_usd) as usd from samples s
    join runs r on r.id = s.run_id and r.image_size = ${ask.imageSize}
    join endpoints e on e.model_id = r.model_id and e.version = r.endpoint_version
    where s.model_id = ${ask.modelId}`;
  if (usd !== null) return { usd: usd.toDecimalPlaces(9), source: "measured" };
  return pricePerImageUsd === null ? null : { usd: pricePerImageUsd, source: "list" };
}
