import {
  quotaOf,
  quotaRole,
  quotaText,
  VISITORS_AN_ADDRESS,
  windowOf,
  type Quota,
} from "@/lib/access/quotas";
import type { Role } from "@/lib/access/roles";
import type { Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import { SalonError } from "@/lib/errors";
import type { Holder } from "@/lib/queue/holder";
import { keptQuotas } from "@/lib/settings/kept-quotas";

/** Whose quota it is; the operator (ownerId null, no address) has none. Visitors, whose cookies cost nothing, are counted by address too. */
export type QuotaHolder = Pick<Holder, "ownerId" | "addressHash">;

/** Whose uses are counted, and how much of a quota they may use; null: as much as they like. */
export interface Bound {
  /** Of the table of uses. */
  holder: string;
  limit: number;
}

/**
 * Use some of somebody's quota, in the transaction of what it is used for: both are there, or neither. However many ask at once, on
 * however many processes, no more is used than there is: uses of one quota wait for each other until their transactions end.
 * @throws SalonError rate_limited with the limit, what is used of it and when it begins anew
 */
export async function useQuota(
  ask: { quota: Quota; amount: number; by: QuotaHolder },
  tx: Tx,
): Promise<void> {
  const { quota, amount } = ask;
  const { since, until } = windowOf(quota, Date.now());
  for (const { holder, limit } of await boundsOf(quota, ask.by, tx)) {
    const taken = await tx.$executeRaw`
      insert into quota_uses as q (holder, quota, since, used)
      select ${holder}, ${quota}, ${new Date(since)}, ${amount}::numeric where ${amount}::numeric <= ${limit}::numeric
      on conflict (holder, quota, since) do update set used = q.used + excluded.used
      where q.used + excluded.used <= ${limit}::numeric`;
    if (taken === 0) {
      const used = await usedOf(quota, holder, since, tx);
      throw new SalonError("rate_limited", quotaText(quota, { limit, used, wanted: amount }), {
        retryAfterSeconds: Math.ceil((until - Date.now()) / 1000),
        quota: { name: quota, limit, used },
      });
    }
  }
}

/** Count what was used already, such as money: it may go beyond the quota by what was under way. */
export async function noteUse(ask: { quota: Quota; amount: number; by: QuotaHolder }, tx: Tx): Promise<void> {
  const { quota, amount } = ask;
  if (!(amount > 0)) return;
  for (const { holder } of await boundsOf(quota, ask.by, tx)) {
    await tx.$executeRaw`
      insert into quota_uses as q (holder, quota, since, used)
      values (${holder}, ${quota}, ${new Date(windowOf(quota, Date.now()).since)}, ${amount}::numeric)
      on conflict (holder, quota, since) do update set used = q.used + excluded.used`;
  }
}

/** Whether somebody has used a quota up. */
export async function isUsedUp(quota: Quota, by: QuotaHolder, tx: Tx): Promise<boolean> {
  const { since } = windowOf(quota, Date.now());
  for (const { holder, limit } of await boundsOf(quota, by, tx)) {
    if ((await usedOf(quota, holder, since, tx)) >= limit) return true;
  }
  return false;
}

/** What a holder has used of a quota in a window. @param since when it began, milliseconds since 1970 */
export async function usedOf(quota: Quota, holder: string, since: number, tx: Tx): Promise<number> {
  const use = await tx.quotaUse.findUnique({
    where: { holder_quota_since: { holder, quota, since: new Date(since) } },
  });
  return use?.used.toNumber() ?? 0;
}

/**
 * What bounds somebody: their role's quota, and of a visitor without an account all of their address too. Nothing bounds the
 * operator, nor anybody while a site is personal.
 */
export async function boundsOf(quota: Quota, by: QuotaHolder, tx: Tx): Promise<Bound[]> {
  if (by.ownerId === null && by.addressHash === null) return [];
  const [{ kept, hasOwner, role }] = await tx.$queryRaw<
    { kept: unknown; hasOwner: boolean; role: Role | null }[]
  >`
    select (select value from settings where key = 'quotas') as kept,
      exists (select from users where role = 'OWNER') as "hasOwner",
      (select role::text from users where voter_id = ${by.ownerId}) as role`;
  if (!env().openBeyondLoopback && !hasOwner) return [];
  const key = `${quotaRole(role ?? "VISITOR")}.${quota}` as const;
  const limit = quotaOf(key, keptQuotas(kept), env().QUOTAS);
  if (limit === null) return [];
  return [
    ...(by.ownerId === null ? [] : [{ holder: by.ownerId, limit }]),
    ...(role === null && by.addressHash !== null
      ? [{ holder: `address:${by.addressHash}`, limit: limit * VISITORS_AN_ADDRESS }]
      : []),
  ];
}
