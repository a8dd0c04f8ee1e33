import { db, type Tx } from "@/lib/db/client";

/** Throws unless the database answers. */
export async function checkHealth(tx: Tx = db()): Promise<void> {
  await tx.$queryRaw`select 1`;
}
