import { findAccount, type AccountName } from "@/lib/accounts/change-role";
import { requireAnotherOwner, requireRank, type Manager } from "@/lib/accounts/manager";
import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";

/**
 * Disable an account, or enable it again. While it is disabled nobody signs in with it and its tokens open nothing; sessions end at
 * once, and tokens work again once it is enabled. Its second factor and what it owns stay. Again changes nothing.
 * @param ask.now milliseconds since 1970
 * @throws SalonError not_found; forbidden for somebody of a role above one's own; conflict for the last owner's
 */
export function disableAccount(
  ask: { account: AccountName; disabled: boolean; manager: Manager; now: number },
  tx?: Tx,
): Promise<void> {
  return atomically(tx, async (tx) => {
    const { id, role, disabledAt } = await findAccount(ask.account, tx);
    requireRank(ask.manager, role);
    if (ask.disabled) {
      await requireAnotherOwner(id, tx);
      await tx.session.deleteMany({ where: { userId: id } });
    }
    const since = ask.disabled ? (disabledAt ?? new Date(ask.now)) : null;
    await tx.user.update({ where: { id }, data: { disabledAt: since } });
    await recordChange(tx, {
      by: ask.manager.by,
      action: "accounts.disable",
      subject: { kind: "account", id, label: id },
      before: { isDisabled: disabledAt !== null },
      after: { isDisabled: ask.disabled },
    });
  });
}
