import { SESSION_SECONDS } from "@/lib/accounts/auth";
import { db, type Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import { summarizePerson } from "@/lib/privacy/summarize-person";
import type { PrivacyPage } from "@/lib/schemas/accounts/privacy";

/** What somebody reads of what is kept of them, and for how long. @param ask.userId null: without an account */
export async function readPrivacyPage(
  { voterId, userId }: { voterId: string | null; userId: string | null },
  tx: Tx = db(),
): Promise<PrivacyPage> {
  const hasPassword =
    userId !== null && (await tx.account.count({ where: { userId, providerId: "credential" } })) > 0;
  return {
    isKnown: voterId !== null,
    hasAccount: userId !== null,
    hasPassword,
    summary: await summarizePerson({ voterId }, tx),
    retention: {
      addressHashes: env().ADDRESS_HASH_DAYS,
      abandonedBattles: env().ABANDONED_BATTLE_DAYS,
      sessions: SESSION_SECONDS / 86_400,
    },
  };
}
