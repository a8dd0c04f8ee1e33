import { z } from "zod";
import { inTransaction, type Db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { MOST_UNSURE_CALLS, type Charge, type OrderRecord } from "@/lib/providers/order-record";

/** Which sample an order is for. */
export interface OrderPlace {
  runId: string;
  promptId: string;
  index: number;
}

const storedJob = z.record(z.string(), z.string());

/** Of what a call is counted as. */
export interface Money {
  /** Whether a call may cost whoever owns the endpoint money. */
  charged: boolean;
  /** US dollars by which a call is counted until its reply says; null: unknown, so that it counts as nothing. */
  unitPriceUsd: Prisma.Decimal | null;
}

/**
 * The record of one order of a run, in the database: a worker that takes over asks after what the provider has already, and pays
 * nothing twice. A call that may cost money is counted, and its price with it, before it is made; one whose end is never known (it
 * timed out, the worker was killed) stays counted. So however many calls of a run there are at a time, they never come to more than
 * its budget but by what they cost above the price that was thought.
 */
export async function openOrder(place: OrderPlace, money: Money, db: Db): Promise<OrderRecord> {
  const { runId, promptId, index } = place;
  const isCounted = money.charged || money.unitPriceUsd !== null;
  const price = money.unitPriceUsd ?? new Prisma.Decimal(0);
  const row = await db.sampleOrder.findUnique({ where: { runId_promptId_index: place } });
  let known =
    row?.job && row.submittedAt
      ? { job: storedJob.parse(row.job), submittedAt: row.submittedAt.getTime() }
      : null;

  /** What becomes of the order's row. The run's is held already, so that whoever holds both takes them in one order. */
  const settle = (unsure: -1 | 0 | 1, job: null | Record<string, string>, told: boolean, tx: Tx) => {
    const text = job === null ? null : JSON.stringify(job);
    return tx.$executeRaw`
      insert into sample_orders (run_id, prompt_id, index, job, submitted_at, unsure, told)
      values (${runId}, ${promptId}, ${index}, ${text}::jsonb,
        case when ${text}::text is null then null else now() end, ${Math.max(0, unsure)}, ${told})
      on conflict (run_id, prompt_id, index) do update set job = excluded.job, submitted_at = excluded.submitted_at,
        told = excluded.told, unsure = greatest(sample_orders.forgiven, sample_orders.unsure + ${unsure}::int)`;
  };
  const isTold = async (tx: Tx) =>
    (await tx.sampleOrder.findUnique({ where: { runId_promptId_index: place } }))?.told ?? false;
  /** What replies said replaces what was thought. */
  const count = async (charge: Charge | null, tx: Tx) => {
    if (charge !== null && charge.usd === null) return spend(runId, 0, 0, tx);
    return spend(runId, charge?.usd ?? 0, isCounted ? price.negated() : 0, tx);
  };
  return {
    job: () => known,
    begin: () => (isCounted ? inTransaction((tx) => beginCall(place, price, tx), db) : Promise.resolve(true)),
    async answered(charge) {
      if (!isCounted && (charge?.usd ?? null) === null) return;
      await inTransaction(async (tx) => {
        await count(charge, tx);
        if (isCounted) await settle(-1, null, false, tx);
      }, db);
    },
    async submitted(job, charge) {
      await inTransaction(async (tx) => {
        await count(charge ?? { usd: null }, tx);
        await settle(isCounted ? -1 : 0, { ...job }, (charge?.usd ?? null) !== null, tx);
      }, db);
      known = { job, submittedAt: Date.now() };
    },
    async made(charge) {
      if (charge.usd === null) return;
      await inTransaction(async (tx) => {
        await holdRun(runId, tx);
        if (await isTold(tx)) return;
        await count(charge, tx);
        await tx.sampleOrder.updateMany({ where: place, data: { told: true } });
      }, db);
    },
    async dropped(why) {
      await inTransaction(async (tx) => {
        await holdRun(runId, tx);
        if (why === "ended" && !(await isTold(tx))) await count(null, tx);
        await settle(why === "lost" ? 1 : 0, null, false, tx);
      }, db);
      known = null;
    },
  };
}

/**
 * Count a call before it is made.
 * @returns whether it may be made: not where the order has calls enough whose end nobody knows
 * @throws BudgetReached where it could cost more than is left
 */
async function beginCall(place: OrderPlace, price: Prisma.Decimal, tx: Tx): Promise<boolean> {
  const { runId, promptId, index } = place;
  const paid = await tx.$executeRaw`
    update runs set spent_estimate_usd = spent_estimate_usd + ${price}
    where id = ${runId} and (budget_usd is null or (spent_told_usd + spent_estimate_usd + ${price} <= budget_usd
      and spent_told_usd + spent_estimate_usd < budget_usd))`;
  if (paid === 0) throw new BudgetReached();
  const begun = await tx.$executeRaw`
    insert into sample_orders (run_id, prompt_id, index, unsure)
    values (${runId}, ${promptId}, ${index}, 1)
    on conflict (run_id, prompt_id, index) do update set unsure = sample_orders.unsure + 1
    where sample_orders.unsure - sample_orders.forgiven < ${MOST_UNSURE_CALLS}`;
  if (begun === 0) await spend(runId, 0, price.negated(), tx);
  return begun > 0;
}

/** The next call of a run could take it over its budget. */
export class BudgetReached extends Error {}

const holdRun = (runId: string, tx: Tx) =>
  tx.$queryRaw`select 1 from runs where id = ${runId} for no key update`;

/** Holds the run's row, also where nothing changes. */
async function spend(runId: string, told: number, estimate: Prisma.Decimal | number, tx: Tx): Promise<void> {
  await tx.$executeRaw`
    update runs set spent_told_usd = spent_told_usd + ${new Prisma.Decimal(told)},
      spent_estimate_usd = greatest(0, spent_estimate_usd + ${new Prisma.Decimal(estimate)})
    where id = ${runId}`;
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
