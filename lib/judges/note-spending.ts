import type { Tx } from "@/lib/db/client";
import { isUsedUp, noteUse } from "@/lib/quotas/use-quota";

/** Of a judge that is not the site's, who pays. */
type Payer = { id: string; ownerId: string | null };

/** Write down what a call cost, in the transaction of what it brought: on the judge, and on its owner's quota of the day. */
export async function noteSpending(judge: Payer, costUsd: number | null, tx: Tx): Promise<void> {
  await tx.judge.updateMany({ where: { id: judge.id }, data: { spentUsd: { increment: costUsd ?? 0 } } });
  await noteUse({ quota: "judging", amount: costUsd ?? 0, by: payerOf(judge) }, tx);
}

/** Whether a judge's owner has spent their quota of the day: the judge waits for the next one. Calls that are under way then are paid still. */
export const isSpentToday = (judge: Payer, tx: Tx): Promise<boolean> =>
  isUsedUp("judging", payerOf(judge), tx);

const payerOf = ({ ownerId }: Payer) => ({ ownerId, addressHash: null });
