import type { Tx } from "@/lib/db/client";
import { keyInAddress } from "@/lib/schemas/endpoints/endpoint-fields";

/**
 * Models and judges from before keys in addresses were refused: their addresses, which are stored readable, hold one.
 * @returns slugs, as "model flux" or "judge gpt"
 */
export async function keysInAddresses(tx: Tx): Promise<string[]> {
  const endpoints = await tx.endpoint.findMany({
    select: { baseUrl: true, model: { select: { slug: true } } },
  });
  const judges = await tx.judge.findMany({ select: { baseUrl: true, slug: true } });
  return [
    ...endpoints.map(({ baseUrl, model }) => ({ baseUrl, what: `model ${model.slug}` })),
    ...judges.map(({ baseUrl, slug }) => ({ baseUrl, what: `judge ${slug}` })),
  ].flatMap(({ baseUrl, what }) => (keyInAddress(baseUrl) === null ? [] : [what]));
}
