import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import { db, type Tx } from "@/lib/db/client";
import type { UserRole } from "@/lib/db/generated/enums";
import { SalonError } from "@/lib/errors";

export type ListedAccount = { email: string; name: string; role: UserRole; since: Date };

/** All accounts, the oldest first. */
export async function listAccounts(tx: Tx = db()): Promise<ListedAccount[]> {
  const users = await tx.user.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
  return users.map(({ email, name, role, createdAt }) => ({ email, name, role, since: createdAt }));
}

/**
 * Give an account another role. It holds from the next request on.
 * @throws SalonError "not_found"; "conflict" for the last owner's
 */
export function changeRole(ask: { email: string; role: UserRole }, tx?: Tx): Promise<void> {
  return atomically(tx, async (tx) => {
    const owners = await tx.$queryRaw<{ email: string }[]>`
      select email from users where role = 'OWNER' order by id for update`;
    const email = ask.email.toLowerCase();
    if (ask.role !== "OWNER" && owners.length === 1 && owners[0].email === email)
      throw new SalonError("conflict", "This is the only owner: make another one first.");
    const user = await tx.user.findUnique({ where: { email } });
    if (user === null) throw new SalonError("not_found", `No account has the address ${ask.email}.`);
    await tx.user.update({ where: { id: user.id }, data: { role: ask.role } });
    await recordChange(tx, {
      by: "operator",
      action: "accounts.role",
      subject: { kind: "account", id: user.id, label: user.id },
      before: { role: user.role },
      after: { role: ask.role },
    });
  });
}
