import { db, type Tx } from "@/lib/db/client";
import { useQuota, type QuotaHolder } from "@/lib/quotas/use-quota";

/**
 * Count a call of the API, whatever comes of it.
 * @throws SalonError rate_limited when that was one too many in this hour
 */
export const countCall = (by: QuotaHolder, tx: Tx = db()): Promise<void> =>
  useQuota({ quota: "calls", amount: 1, by }, tx);
