import { requireRank, type Manager } from "@/lib/accounts/manager";
import { recordChange } from "@/lib/audit/record-change";
import { db, inTransaction, type Db } from "@/lib/db/client";
import { erasePerson, type Erased } from "@/lib/privacy/erase-person";
import type { Listed } from "@/lib/privacy/erasure";
import { exportPerson } from "@/lib/privacy/export-person";
import { findPerson, subjectOf, type PersonName } from "@/lib/privacy/find-person";

/** Export and erasure of somebody's data at their request, by who runs the site. */

/**
 * The same as they could have themselves; that it was done is recorded.
 * @param ask.now milliseconds since 1970
 * @throws SalonError not_found; forbidden for somebody of a role above one's own
 */
export async function exportOther(
  ask: { person: PersonName; manager: Manager; now: number },
  client: Db = db(),
): Promise<AsyncGenerator<string>> {
  const person = await findPerson(ask.person, client);
  if (person.user !== null) requireRank(ask.manager, person.user.role);
  await inTransaction(
    (tx) =>
      recordChange(tx, {
        by: ask.manager.by,
        action: "privacy.export",
        subject: subjectOf(person),
        before: null,
        after: { isExported: true },
      }),
    client,
  );
  return exportPerson(ask, client);
}

/** @throws SalonError not_found; forbidden for somebody of a role above one's own; conflict for the only owner */
export async function eraseOther(
  ask: { person: PersonName; manager: Manager; listed: Listed },
  client: Db = db(),
): Promise<Erased> {
  const { person, manager, listed } = ask;
  const { user } = await findPerson(person, client);
  if (user !== null) requireRank(manager, user.role);
  return erasePerson({ person, by: manager.by, listed }, client);
}
