import type { Tx } from "@/lib/db/client";

export interface SealedKey {
  /** The model's or the judge's slug, the webhook's id. */
  slug: string;
  of: "model" | "judge" | "webhook";
  sealed: Uint8Array;
}

/** Every sealed key of the database. */
export async function sealedKeys(tx: Tx): Promise<SealedKey[]> {
  return tx.$queryRaw<SealedKey[]>`
    select m.slug, 'model' as of, e.api_key_sealed as sealed
    from endpoints e join models m on m.id = e.model_id where e.api_key_sealed is not null
    union all
    select slug, 'judge', api_key_sealed from judges where api_key_sealed is not null
    union all
    select id, 'webhook', secret_sealed from webhooks
    order by 2, 1`;
}
