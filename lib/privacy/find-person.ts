import { db, type Tx } from "@/lib/db/client";
import type { UserRole } from "@/lib/db/generated/enums";
import { SalonError } from "@/lib/errors";
import { isId } from "@/lib/ids";

/** By what somebody is found: an account, or a visitor by the id that their cookie holds. */
export type PersonName = { userId: string } | { email: string } | { voterId: string };

/** Somebody, with every id under which they own and vote. */
export interface Person {
  /** null: a visitor without an account. */
  user: { id: string; email: string; role: UserRole } | null;
  /** Their own first, then those of visitors whose work went to their account. */
  voterIds: string[];
}

const USER = { id: true, email: true, role: true, voterId: true } as const;

/**
 * Who is meant. A visitor whose work went to an account is that account.
 * @throws SalonError not_found for an account that does not exist; a visitor need not have left anything
 */
export async function findPerson(name: PersonName, tx: Tx = db()): Promise<Person> {
  if ("voterId" in name) {
    const voter = await tx.voter.findUnique({ where: { id: name.voterId } });
    const voterId = voter?.mergedIntoId ?? name.voterId;
    const user = await tx.user.findUnique({ where: { voterId }, select: USER });
    return user === null ? { user, voterIds: [voterId] } : withVisitors(user, tx);
  }
  const where = "userId" in name ? { id: name.userId } : { email: name.email.toLowerCase() };
  const user = await tx.user.findUnique({ where, select: USER });
  if (user === null) throw new SalonError("not_found", "There is no such account.");
  return withVisitors(user, tx);
}

async function withVisitors(
  { voterId, ...user }: NonNullable<Person["user"]> & { voterId: string | null },
  tx: Tx,
): Promise<Person> {
  if (voterId === null) return { user, voterIds: [] };
  const merged = await tx.voter.findMany({
    where: { mergedIntoId: voterId },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  return { user, voterIds: [voterId, ...merged.map(({ id }) => id)] };
}

/**
 * The person of an address of the API.
 * @param id of an account or of a voter
 * @throws SalonError not_found for any other text
 */
export function personOfId(id: string): PersonName {
  if (isId("user", id)) return { userId: id };
  if (isId("voter", id)) return { voterId: id };
  throw new SalonError("not_found", "There is no such person.");
}

/** Whom an event of the audit log is about, by id alone. */
export function subjectOf({ user, voterIds }: Person): { kind: string; id: string; label: string } {
  const id = user?.id ?? voterIds[0];
  return { kind: user === null ? "visitor" : "account", id, label: id };
}
