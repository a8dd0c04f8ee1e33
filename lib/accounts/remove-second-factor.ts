import { findAccount, type AccountName } from "@/lib/accounts/change-role";
import { requireRank, type Manager } from "@/lib/accounts/manager";
import type { Actor } from "@/lib/audit/actor";
import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";

/**
 * Switch off the second factor of somebody who lost the app and the backup codes. Again changes nothing.
 * @throws SalonError not_found; forbidden for somebody of a role above one's own
 */
export function switchOffSecondFactor(
  ask: { account: AccountName; manager: Manager },
  tx?: Tx,
): Promise<void> {
  return atomically(tx, async (tx) => {
    const { id, role } = await findAccount(ask.account, tx);
    requireRank(ask.manager, role);
    await removeSecondFactor({ userId: id, by: ask.manager.by }, tx);
  });
}

/** Remove an account's second factor, also one that waits for its first code: its secret and backup codes are gone. */
export function removeSecondFactor(ask: { userId: string; by: Actor }, tx?: Tx): Promise<void> {
  return atomically(tx, async (tx) => {
    const where = { id: ask.userId };
    const { twoFactorEnabled } = await tx.user.findUniqueOrThrow({ where });
    await tx.twoFactor.deleteMany({ where: { userId: ask.userId } });
    await tx.user.update({ where, data: { twoFactorEnabled: false } });
    await recordChange(tx, {
      by: ask.by,
      action: "accounts.second-factor",
      subject: { kind: "account", id: ask.userId, label: ask.userId },
      before: { secondFactor: twoFactorEnabled },
      after: { secondFactor: false },
    });
  });
}
