import { db as processDb, type Tx } from "@/lib/db/client";

/** Longer than any window. */
const KEPT_MS = 2 * 86_400_000;

/** Delete what was used in windows that are over. @param now milliseconds since 1970 */
export async function forgetUses(now: number, tx: Tx = processDb()): Promise<number> {
  const { count } = await tx.quotaUse.deleteMany({ where: { since: { lt: new Date(now - KEPT_MS) } } });
  return count;
}
