import type { Tx } from "@/lib/db/client";
import { env } from "@/lib/env";

const DAY_MS = 24 * 3_600_000;

/**
 * Erase the hashes of the addresses from which models, judges, boards, comparisons, reference and prompt sets and webhooks came,
 * ADDRESS_HASH_DAYS after they did. From then on only their owner's cookie tells whose they are.
 * @param now milliseconds since 1970
 */
export async function forgetAddresses(now: number, tx: Tx): Promise<void> {
  const old = {
    where: {
      addressHash: { not: null },
      createdAt: { lt: new Date(now - env().ADDRESS_HASH_DAYS * DAY_MS) },
    },
    data: { addressHash: null },
  };
  await tx.model.updateMany(old);
  await tx.judge.updateMany(old);
  await tx.referenceSet.updateMany(old);
  await tx.promptSet.updateMany(old);
  await tx.webhook.updateMany(old);
  await tx.board.updateMany(old);
  await tx.comparison.updateMany(old);
}
