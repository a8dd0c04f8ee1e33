import { z } from "zod";
import type { Db, Tx } from "@/lib/db/client";
import { MOST_UNSURE_CALLS, type OrderRecord } from "@/lib/providers/order-record";

/** Which sample an order is for. */
export interface OrderPlace {
  runId: string;
  promptId: string;
  index: number;
}

const storedJob = z.record(z.string(), z.string());

/**
 * The record of one order of a run, in the database: a worker that takes over asks after what the provider has already, and pays
 * nothing twice.
 * @param charged whether a call may cost its owner money: then each is counted before it is made, and one whose end is never known
 *   (it timed out, the worker was killed) stays counted
 */
export async function openOrder(place: OrderPlace, charged: boolean, db: Db): Promise<OrderRecord> {
  const here = { runId_promptId_index: place };
  const row = await db.sampleOrder.findUnique({ where: here });
  let known =
    row?.job && row.submittedAt
      ? { job: storedJob.parse(row.job), submittedAt: row.submittedAt.getTime() }
      : null;
  const settle = (unsure: -1 | 0 | 1, job: null | Record<string, string>) => {
    const text = job === null ? null : JSON.stringify(job);
    return db.$executeRaw`
      insert into sample_orders (run_id, prompt_id, index, job, submitted_at, unsure)
      values (${place.runId}, ${place.promptId}, ${place.index}, ${text}::jsonb,
        case when ${text}::text is null then null else now() end, ${Math.max(0, unsure)})
      on conflict (run_id, prompt_id, index) do update set
        job = excluded.job, submitted_at = excluded.submitted_at, unsure = greatest(sample_orders.forgiven, sample_orders.unsure + ${unsure}::int)`;
  };
  return {
    job: () => known,
    async begin() {
      if (!charged) return true;
      const begun = await db.$executeRaw`
        insert into sample_orders (run_id, prompt_id, index, unsure)
        values (${place.runId}, ${place.promptId}, ${place.index}, 1)
        on conflict (run_id, prompt_id, index) do update set unsure = sample_orders.unsure + 1
        where sample_orders.unsure - sample_orders.forgiven < ${MOST_UNSURE_CALLS}`;
      return begun > 0;
    },
    async answered() {
      if (charged) await settle(-1, null);
    },
    async submitted(job) {
      await settle(charged ? -1 : 0, { ...job });
      known = { job, submittedAt: Date.now() };
    },
    async dropped(why) {
      await settle(why === "lost" ? 1 : 0, null);
      known = null;
    },
  };
}

/** The order has become a sample or a failure. What may have been charged besides stays on record, and so does one that still waits. */
export async function closeOrder(place: OrderPlace, tx: Tx, { waits = false } = {}): Promise<void> {
  await tx.sampleOrder.deleteMany({ where: { ...place, unsure: 0, ...(waits && { submittedAt: null }) } });
  if (waits) return;
  await tx.$executeRaw`
    update sample_orders set job = null, submitted_at = null
    where run_id = ${place.runId} and prompt_id = ${place.promptId} and index = ${place.index}`;
}

/** A person lets a run go on: orders that were given up may be made again, and those that the provider has get their time anew. */
export async function forgiveOrders(runId: string, tx: Tx): Promise<void> {
  await tx.$executeRaw`
    update sample_orders set forgiven = unsure, submitted_at = case when job is null then null else now() end
    where run_id = ${runId}`;
}
