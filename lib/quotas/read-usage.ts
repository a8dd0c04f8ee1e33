import { QUOTA_NAMES, windowOf } from "@/lib/access/quotas";
import { db, type Tx } from "@/lib/db/client";
import { boundsOf, usedOf } from "@/lib/quotas/use-quota";
import type { QuotaUsage } from "@/lib/schemas/administration/quotas";

/**
 * What somebody has used of each quota that bounds them, and when it begins anew.
 * @param now milliseconds since 1970
 */
export async function readUsage(voterId: string, now: number, tx: Tx = db()): Promise<QuotaUsage[]> {
  const usage: QuotaUsage[] = [];
  for (const quota of QUOTA_NAMES) {
    const [bound] = await boundsOf(quota, { ownerId: voterId, addressHash: null }, tx);
    if (bound === undefined) continue;
    const { since, until } = windowOf(quota, now);
    usage.push({
      quota,
      limit: bound.limit,
      used: await usedOf(quota, bound.holder, since, tx),
      until: new Date(until).toISOString(),
    });
  }
  return usage;
}
