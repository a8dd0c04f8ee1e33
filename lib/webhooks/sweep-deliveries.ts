import { inTransaction, type Db } from "@/lib/db/client";
import { enqueueDelivery } from "@/lib/webhooks/enqueue-delivery";

/** Settled deliveries are kept for so long, and of one webhook no more than so many. */
const KEEP_MS = 7 * 24 * 3_600_000;
const KEEP_LATEST = 500;
/** Removed by one statement. */
const BATCH = 5_000;
/** An attempt that is overdue for so long may have lost its job. */
const OVERDUE_MS = 5 * 60_000;

/**
 * Queue again the deliveries whose attempt is overdue and that have no job left, such as one whose worker was killed again and again.
 * @param now milliseconds since 1970
 * @returns how many
 */
export function requeueStalledDeliveries(db: Db, now: number): Promise<number> {
  return inTransaction(async (tx) => {
    const overdue = await tx.$queryRaw<{ id: string }[]>`
      select d.id from webhook_deliveries d
      where d.state = 'PENDING' and d.next_attempt_at < ${new Date(now - OVERDUE_MS)}
        and not exists (
          select from graphile_worker.jobs j
          where j.key = 'webhook:' || d.id and (j.attempts < j.max_attempts or j.locked_at is not null))
      order by d.id limit 1000 for update of d skip locked`;
    const deliveries = await tx.webhookDelivery.findMany({
      where: { id: { in: overdue.map(({ id }) => id) } },
      include: { webhook: true },
    });
    for (const delivery of deliveries) await enqueueDelivery(delivery, 0, tx);
    return deliveries.length;
  }, db);
}

/**
 * Remove settled deliveries that are old, or that a webhook has had hundreds of since.
 * @param now milliseconds since 1970
 * @returns how many
 */
export async function thinDeliveries(db: Db, now: number): Promise<number> {
  const old = new Date(now - KEEP_MS);
  let removed = 0;
  for (;;) {
    const count = await db.$executeRaw`
      delete from webhook_deliveries where id in (
        select id from (
          select id, created_at,
            row_number() over (partition by webhook_id order by created_at desc, id desc) as place
          from webhook_deliveries where state <> 'PENDING'
        ) settled
        where created_at < ${old} or place > ${KEEP_LATEST}
        limit ${BATCH})`;
    removed += count;
    if (count < BATCH) return removed;
  }
}
