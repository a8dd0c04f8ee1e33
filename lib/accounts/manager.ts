import { isAtLeast, type Standing } from "@/lib/access/roles";
import type { Actor } from "@/lib/audit/actor";
import type { Tx } from "@/lib/db/client";
import type { UserRole } from "@/lib/db/generated/enums";
import { SalonError } from "@/lib/errors";

/** Who manages accounts: by the table of who may do what they may, and as the audit log has them. */
export interface Manager {
  by: Actor;
  /** "operator": at the command line, or whoever opens a personal site. */
  standing: Standing;
}

/** At the command line. */
export const OPERATOR: Manager = { by: "operator", standing: "operator" };

/**
 * Nobody gives a role above their own, nor has a say over somebody who has one.
 * @throws SalonError forbidden
 */
export function requireRank({ standing }: Manager, ...roles: UserRole[]): void {
  const above = roles.find((role) => !isAtLeast(standing, role));
  if (above === undefined) return;
  throw new SalonError("forbidden", `That takes the role ${above.toLowerCase()}.`, { field: "role" });
}

/**
 * Called before an account stops being an owner's that signs in. Owners' rows are locked, so that of the last two one stays.
 * @throws SalonError conflict where it is the only one
 */
export async function requireAnotherOwner(userId: string, tx: Tx): Promise<void> {
  const owners = (await lockOwners(tx)).filter(({ isDisabled }) => !isDisabled);
  if (owners.length === 1 && owners[0].id === userId)
    throw new SalonError("conflict", "This is the only owner: make another one first.");
}

/** Owners' rows, locked: before any other account's, so that nobody waits for somebody who waits for them. */
export const lockOwners = (tx: Tx) =>
  tx.$queryRaw<{ id: string; isDisabled: boolean }[]>`
    select id, disabled_at is not null as "isDisabled" from users where role = 'OWNER' order by id for update`;
