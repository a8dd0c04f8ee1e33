import { requirePassword } from "@/lib/accounts/create-account";
import type { Via } from "@/lib/audit/actor";
import { db, type Db } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { erasePerson, type Erased } from "@/lib/privacy/erase-person";
import type { OwnErasure } from "@/lib/schemas/accounts/privacy";

/**
 * Somebody erases themselves. An account that has a password is asked for it: a browser that was left open is not enough.
 * @param ask.voterId of their account, or of the browser's visitor; null: somebody new
 * @throws SalonError unauthorised for a wrong password; not_found where nobody is known; conflict for the only owner
 */
export async function eraseOwn(
  ask: { wanted: OwnErasure; userId: string | null; voterId: string | null; via?: Via },
  client: Db = db(),
): Promise<Erased> {
  const { wanted, userId, voterId, via } = ask;
  if (userId !== null)
    await requirePassword({ userId, password: wanted.password ?? "", field: "password" }, client);
  else if (voterId === null) throw new SalonError("not_found", "There is nothing of yours here.");
  const person = userId !== null ? { userId } : { voterId: voterId! };
  return erasePerson({ person, by: { voterId, via }, listed: wanted.listed }, client);
}
