import type { Tx } from "@/lib/db/client";

export interface SealedKey {
  /** The model's or the judge's. */
  slug: string;
  of: "model" | "judge";
  sealed: Uint8Array;
}

/** Every sealed key of the database. */
export async function sealedKeys(tx: Tx): Promise<SealedKey[]> {
  return tx.$queryRaw<SealedKey[]>`
    select m.slug, 'model' as of, e."apiKeySealed" as sealed
    from "Endpoint" e join "Model" m on m.id = e."modelId" where e."apiKeySealed" is not null
    union all
    select slug, 'judge', "apiKeySealed" from "Judge" where "apiKeySealed" is not null
    order by 2, 1`;
}
