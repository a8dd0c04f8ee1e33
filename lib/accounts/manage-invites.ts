import { createInvite, inviteToken, invitePath } from "@/lib/accounts/invites";
import { requireMail, writeTo } from "@/lib/accounts/mails";
import { requireRank, type Manager } from "@/lib/accounts/manager";
import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import { db, type Tx } from "@/lib/db/client";
import type { AccountInvite } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import type {
  AccountInviteCreation,
  AccountInviteList,
  AccountInviteView,
  NewAccountInvite,
} from "@/lib/schemas/administration/users";
import { signText } from "@/lib/secrets/sign";

/** Invitations that make an account: made, listed and revoked. */

/** Of the newest that wait, so many are listed. */
const MOST = 200;

/**
 * Make an invitation, and send it where that is wanted.
 * @param ask.now milliseconds since 1970
 * @throws SalonError forbidden for a role above one's own; invalid_request for one to be sent nowhere; unavailable where Salon sends no
 *   e-mails; rate_limited for too many to one address
 */
export async function inviteSomebody(
  ask: { wanted: AccountInviteCreation; manager: Manager; now: number },
  tx?: Tx,
): Promise<NewAccountInvite> {
  const { wanted, manager, now } = ask;
  const { role, email, days, send } = wanted;
  requireRank(manager, role);
  if (send) {
    if (email === null)
      throw new SalonError("invalid_request", "Say to which address to send it.", { field: "email" });
    requireMail();
    await takeTurn("account-mail", {
      voterId: await signText("account-turns", email.toLowerCase()),
      address: null,
    });
  }
  const invite = await createInvite({ role, email, days, now, by: manager.by }, tx);
  if (send && invite.email !== null)
    writeTo(invite.email, "invite", { invite: await inviteToken(invite.id) });
  return { ...viewOf(invite), path: await invitePath(invite) };
}

/** Invitations that wait to be used, the newest first, without what opens them. */
export async function listOpenInvites({ now }: { now: number }, tx: Tx = db()): Promise<AccountInviteList> {
  const rows = await tx.accountInvite.findMany({
    where: waiting(now),
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: MOST,
  });
  return { invites: rows.map(viewOf) };
}

/**
 * Revoke an invitation: it makes no account any more. One that made one, or is over, stays as it is.
 * @throws SalonError not_found; forbidden for a role above one's own
 */
export function revokeAccountInvite(
  ask: { id: string; manager: Manager; now: number },
  tx?: Tx,
): Promise<void> {
  const { id, manager, now } = ask;
  return atomically(tx, async (tx) => {
    const invite = await tx.accountInvite.findUnique({ where: { id } });
    if (invite === null) throw new SalonError("not_found", "There is no such invitation.");
    requireRank(manager, invite.role);
    const { count } = await tx.accountInvite.updateMany({
      where: { id, usedAt: null, revokedAt: null },
      data: { revokedAt: new Date(now) },
    });
    await recordChange(tx, {
      by: manager.by,
      action: "accounts.invite",
      subject: { kind: "account invitation", id, label: id },
      before: { isRevoked: count === 0 },
      after: { isRevoked: true },
    });
  });
}

const waiting = (now: number) => ({
  usedAt: null,
  revokedAt: null,
  OR: [{ expiresAt: null }, { expiresAt: { gt: new Date(now) } }],
});

const viewOf = ({ id, role, email, expiresAt, createdAt }: AccountInvite): AccountInviteView => ({
  ...{ id, role, email },
  expiresAt: expiresAt?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
});
