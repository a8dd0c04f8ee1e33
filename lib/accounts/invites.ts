import type { Actor } from "@/lib/audit/actor";
import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import { db, type Tx } from "@/lib/db/client";
import type { AccountInvite } from "@/lib/db/generated/client";
import type { UserRole } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/new-id";
import { env } from "@/lib/env";
import { SalonError } from "@/lib/errors";
import { isId } from "@/lib/ids";
import { signText, verifyText } from "@/lib/secrets/sign";

export type Invite = { id: string; role: UserRole; email: string | null };

/** A link's token: its row's id, signed under the installation's secret. The database holds nothing that makes one. */
export const inviteToken = async (id: string) => `${id}.${await signText("account-invite", id)}`;

/** Where somebody opens an invitation, as a path of the site. */
export async function invitePath({ id, role }: { id: string; role: UserRole }): Promise<string> {
  const token = await inviteToken(id);
  return role === "OWNER" ? `/setup?token=${token}` : `/sign-up?invite=${token}`;
}

/**
 * Make a link that makes one account.
 * @param days for how long it is valid; null: until it is used
 */
export function createInvite(
  ask: { role: UserRole; email: string | null; days: number | null; now: number; by: Actor },
  tx?: Tx,
): Promise<AccountInvite> {
  const { role, email, days, now, by } = ask;
  const expiresAt = days === null ? null : new Date(now + days * 24 * 60 * 60 * 1000);
  return atomically(tx, async (tx) => {
    const invite = await tx.accountInvite.create({
      data: { id: newId("accountInvite"), role, email: email?.toLowerCase() ?? null, expiresAt },
    });
    await recordChange(tx, {
      by,
      action: "accounts.invite",
      subject: { kind: "account invitation", id: invite.id, label: invite.id },
      before: null,
      after: { role, isForOneAddress: email !== null, expiresAt },
    });
    return invite;
  });
}

const unusable = () =>
  new SalonError(
    "not_found",
    "This link has been used, has expired or was never valid. Ask whoever runs the site for another.",
    { field: "invite" },
  );

/**
 * The invitation of a token, as long as it makes an account.
 * @throws SalonError "not_found"
 */
export async function readInvite(token: string, now: number, tx: Tx = db()): Promise<Invite> {
  const [id, signature, ...rest] = token.split(".");
  const isOurs =
    signature !== undefined &&
    rest.length === 0 &&
    isId("accountInvite", id) &&
    (await verifyText("account-invite", id, signature));
  if (!isOurs) throw unusable();
  const invite = await tx.accountInvite.findFirst({
    where: {
      id,
      usedAt: null,
      revokedAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: new Date(now) } }],
    },
  });
  if (invite === null) throw unusable();
  return invite;
}

/** The same for a page; null for what makes none. */
export async function findInvite(token: string, now: number): Promise<Invite | null> {
  try {
    return await readInvite(token, now);
  } catch (error) {
    if (error instanceof SalonError && error.code === "not_found") return null;
    throw error;
  }
}

/**
 * Use an invitation up. Of several at once, one has it.
 * @throws SalonError "not_found" for all others
 */
export async function takeInvite(ask: { id: string; userId: string; now: number }, tx: Tx): Promise<void> {
  const { count } = await tx.accountInvite.updateMany({
    where: { id: ask.id, usedAt: null, revokedAt: null },
    data: { usedAt: new Date(ask.now), usedById: ask.userId },
  });
  if (count === 0) throw unusable();
}

export const hasOwner = async (tx: Tx = db()) => (await tx.user.count({ where: { role: "OWNER" } })) > 0;

/** The path of the link that makes an owner: the one that waits, or the first. A fresh one ends those before it. */
export function ownerLink(ask: { fresh: boolean; now: number }, tx?: Tx): Promise<string> {
  return atomically(tx, async (tx) => {
    const waiting = { role: "OWNER", usedAt: null, revokedAt: null } as const;
    if (ask.fresh)
      await tx.accountInvite.updateMany({ where: waiting, data: { revokedAt: new Date(ask.now) } });
    const invite =
      (await tx.accountInvite.findFirst({ where: waiting, orderBy: { createdAt: "desc" } })) ??
      (await createInvite(
        { role: "OWNER", email: null, days: null, now: ask.now, by: ask.fresh ? "operator" : "system" },
        tx,
      ));
    return invitePath(invite);
  });
}

/** Where a path of the site is opened from. */
export const siteLink = (path: string) => `${env().SALON_PUBLIC_URL ?? env().siteUrl}${path}`;
