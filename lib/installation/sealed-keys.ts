import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";

/** Every column that holds something sealed, and what its row is called. The id of its table is what it is sealed for. */
export const SEALED_COLUMNS = [
  {
    of: "model",
    table: "endpoints",
    column: "api_key_sealed",
    name: "(select slug from models m where m.id = model_id)",
  },
  { of: "judge", table: "judges", column: "api_key_sealed", name: "slug" },
  { of: "webhook", table: "webhooks", column: "secret_sealed", name: "id" },
  { of: "webhook", table: "webhooks", column: "previous_sealed", name: "id" },
] as const;

export interface SealedKey {
  /** The model's or the judge's slug, the webhook's id. */
  slug: string;
  of: "model" | "judge" | "webhook";
  sealed: Uint8Array;
}

/** Everything sealed in the database. */
export async function sealedKeys(tx: Tx): Promise<SealedKey[]> {
  const selects = SEALED_COLUMNS.map(
    ({ of, table, column, name }) =>
      `select ${name} as slug, '${of}' as of, ${column} as sealed from ${table} where ${column} is not null`,
  );
  return tx.$queryRaw<SealedKey[]>`${Prisma.raw(selects.join(" union all "))} order by 2, 1`;
}

/** Whose a sealed key is, as "model flux". */
export const ownerOf = ({ of, slug }: Pick<SealedKey, "of" | "slug">): string => `${of} ${slug}`;
