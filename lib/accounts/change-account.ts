import { changeRole } from "@/lib/accounts/change-role";
import { disableAccount } from "@/lib/accounts/disable-account";
import { viewOfAccount } from "@/lib/accounts/list-accounts";
import { switchOffSecondFactor } from "@/lib/accounts/remove-second-factor";
import type { Manager } from "@/lib/accounts/manager";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import type { AccountChange, AccountView } from "@/lib/schemas/administration/users";

/**
 * Change what is given of an account, all or none.
 * @param ask.now milliseconds since 1970
 * @throws SalonError not_found; forbidden for a role above one's own; conflict for the last owner's
 */
export function changeAccount(
  ask: { userId: string; change: AccountChange; manager: Manager; now: number },
  tx?: Tx,
): Promise<AccountView> {
  const { userId, change, manager, now } = ask;
  const { role, disabled, secondFactor } = change;
  const account = { userId };
  return atomically(tx, async (tx) => {
    if (role !== undefined) await changeRole({ account, role, manager }, tx);
    if (disabled !== undefined) await disableAccount({ account, disabled, manager, now }, tx);
    if (secondFactor === false) await switchOffSecondFactor({ account, manager }, tx);
    return viewOfAccount(await tx.user.findUniqueOrThrow({ where: { id: userId } }));
  });
}
