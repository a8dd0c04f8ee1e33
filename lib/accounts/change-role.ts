import { lockOwners, requireAnotherOwner, requireRank, type Manager } from "@/lib/accounts/manager";
import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import type { UserRole } from "@/lib/db/generated/enums";
import { SalonError } from "@/lib/errors";

/** An account by its id, or as the command line names it. */
export type AccountName = { userId: string } | { email: string };

/**
 * Give an account another role. It holds from the next request on.
 * @throws SalonError not_found; forbidden for a role above one's own, given or taken; conflict for the last owner's
 */
export function changeRole(
  ask: { account: AccountName; role: UserRole; manager: Manager },
  tx?: Tx,
): Promise<void> {
  return atomically(tx, async (tx) => {
    const user = await findAccount(ask.account, tx);
    requireRank(ask.manager, user.role, ask.role);
    if (ask.role !== "OWNER") await requireAnotherOwner(user.id, tx);
    await tx.user.update({ where: { id: user.id }, data: { role: ask.role } });
    await recordChange(tx, {
      by: ask.manager.by,
      action: "accounts.role",
      subject: { kind: "account", id: user.id, label: user.id },
      before: { role: user.role },
      after: { role: ask.role },
    });
  });
}

/**
 * An account's row, locked until the transaction ends.
 * @throws SalonError not_found
 */
export async function findAccount(name: AccountName, tx: Tx) {
  const where = "userId" in name ? { id: name.userId } : { email: name.email.toLowerCase() };
  const known = await tx.user.findUnique({ where });
  if (known === null) {
    const text = "email" in name ? `No account has the address ${name.email}.` : "There is no such account.";
    throw new SalonError("not_found", text);
  }
  await lockOwners(tx);
  await tx.$queryRaw`select 1 from users where id = ${known.id} for update`;
  return tx.user.findUniqueOrThrow({ where: { id: known.id } });
}
