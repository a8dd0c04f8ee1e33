import { db, type Tx } from "@/lib/db/client";
import type { User } from "@/lib/db/generated/client";
import type { AccountView, AccountList } from "@/lib/schemas/administration/users";

/** Accounts of one page. */
const PAGE = 50;

/**
 * Accounts whose name or e-mail address holds a text, the newest first.
 * @param ask.before an account's id: those after it on the list
 */
export async function listAccounts(
  ask: { search?: string; before?: string; limit?: number } = {},
  tx: Tx = db(),
): Promise<AccountList> {
  const { search = "", before, limit = PAGE } = ask;
  const holds = { contains: search, mode: "insensitive" } as const;
  const where = search === "" ? {} : { OR: [{ email: holds }, { name: holds }] };
  const rows = await tx.user.findMany({
    where,
    // Ids sort by time.
    orderBy: { id: "desc" },
    take: limit + 1,
    ...(before !== undefined && { cursor: { id: before }, skip: 1 }),
  });
  const accounts = rows.slice(0, limit).map(viewOfAccount);
  return { accounts, next: rows.length > limit ? accounts[accounts.length - 1].id : null };
}

export const viewOfAccount = ({
  id,
  email,
  name,
  emailVerified,
  role,
  disabledAt,
  twoFactorEnabled,
  createdAt,
}: User): AccountView => ({
  ...{ id, email, name, emailVerified, role },
  disabledAt: disabledAt?.toISOString() ?? null,
  secondFactor: twoFactorEnabled,
  createdAt: createdAt.toISOString(),
});
