import type { Db } from "@/lib/db/client";
import { settleOwnPrompt, type CountedCall } from "@/lib/models/own-prompts";
import type { Charge, OrderRecord } from "@/lib/providers/order-record";

/**
 * The record of an order for a visitor's own prompt. What its calls cost is kept with the
 * endpoint whose owner pays. A call whose reply names no price, or that has none, stays counted as it was thought to cost.
 * @param current the call that is counted now; null: nobody is charged for it, or an earlier worker counted it
 * @param record where is kept what the provider has
 */
export function ownPromptRecord(current: () => CountedCall | null, record: OrderRecord, db: Db): OrderRecord {
  const settled = new Set<CountedCall>();
  const settle = async (charge: Charge | null) => {
    const call = current();
    if (call === null || settled.has(call) || charge?.usd === null) return;
    settled.add(call);
    await settleOwnPrompt(call, charge?.usd ?? 0, db);
  };
  return {
    ...record,
    async answered(charge) {
      await record.answered(charge);
      await settle(charge);
    },
    async submitted(job, charge) {
      await record.submitted(job, charge);
      if (charge !== undefined) await settle(charge);
    },
    async made(charge) {
      await record.made(charge);
      await settle(charge);
    },
    async dropped(why) {
      await record.dropped(why);
      if (why === "ended") await settle(null);
    },
  };
}
