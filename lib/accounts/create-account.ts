import { hashPassword, verifyPassword } from "better-auth/crypto";
import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import { db, type Tx } from "@/lib/db/client";
import type { UserRole } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/new-id";
import { env } from "@/lib/env";
import { SalonError } from "@/lib/errors";
import type { SignUp } from "@/lib/schemas/accounts/accounts";
import { hasOwner, readInvite, takeInvite, type Invite } from "./invites";
import { writeTo } from "./mails";

/**
 * Make an account with a password, by an invitation or, where the site is open, without one. Where Salon sends e-mails, an address
 * that nobody vouched for must be confirmed before anybody signs in, and whether it has an account already is told to its mailbox alone.
 * @returns whether they may sign in now, or must confirm their address first
 * @throws SalonError "forbidden" where accounts are by invitation or not made; "not_found" for an invitation that makes none;
 *   "conflict" for an address that has one, where Salon sends no e-mails
 */
export async function createAccount(ask: SignUp & { now: number }): Promise<"ready" | "unconfirmed"> {
  const invite = ask.invite === undefined ? null : await readInvite(ask.invite, ask.now);
  if (invite === null) requireOpen();
  if (invite?.email && invite.email !== ask.email.toLowerCase())
    throw new SalonError("invalid_request", "The invitation is for another e-mail address.", {
      field: "email",
    });
  const hasMail = env().SALON_SMTP_URL !== undefined;
  const vouched = invite !== null && (invite.role === "OWNER" || invite.email !== null);
  const passwordHash = await hashPassword(ask.password);
  const isNew = await insertAccount({ ...ask, passwordHash, invite, emailVerified: vouched });
  if (!isNew && (invite !== null || !hasMail))
    throw new SalonError("conflict", "This e-mail address has an account already. Sign in with it.", {
      field: "email",
    });
  if (!isNew) writeTo(ask.email, "has-account");
  return hasMail && !vouched ? "unconfirmed" : "ready";
}

function requireOpen(): void {
  const { signUp } = env();
  if (signUp === "invited")
    throw new SalonError(
      "forbidden",
      "Accounts here are by invitation: ask whoever runs the site for a link.",
    );
  if (signUp === "closed") throw new SalonError("forbidden", "No accounts are made here at present.");
}

type NewAccount = {
  name: string;
  email: string;
  passwordHash: string;
  invite: Invite | null;
  emailVerified: boolean;
  role?: UserRole;
  now: number;
};

/** @returns false where the address has an account; nothing is changed then */
function insertAccount(account: NewAccount, tx?: Tx): Promise<boolean> {
  const { invite, passwordHash, now } = account;
  return atomically(tx, async (tx) => {
    const id = newId("user");
    const role = account.role ?? invite?.role ?? env().SALON_NEW_ACCOUNT_ROLE;
    const email = account.email.toLowerCase();
    const { count } = await tx.user.createMany({
      data: [{ id, name: account.name, email, emailVerified: account.emailVerified, role }],
      skipDuplicates: true,
    });
    if (count === 0) return false;
    if (invite !== null) await takeInvite({ id: invite.id, userId: id, now }, tx);
    await tx.account.create({
      data: {
        id: crypto.randomUUID(),
        userId: id,
        accountId: id,
        providerId: "credential",
        password: passwordHash,
      },
    });
    await recordChange(tx, {
      by: { voterId: null, via: { userId: id, tokenId: null, addressHash: null } },
      action: "accounts.create",
      subject: { kind: "account", id, label: id },
      before: null,
      after: { role, invite: invite?.id ?? null },
    });
    return true;
  });
}

/**
 * The owner of SALON_OWNER_EMAIL and SALON_OWNER_PASSWORD, as long as the site has none.
 * @returns whether one was made
 */
export async function createEnvironmentOwner(now: number): Promise<boolean> {
  const { SALON_OWNER_EMAIL: email, SALON_OWNER_PASSWORD: password } = env();
  if (email === undefined || password === undefined || (await hasOwner())) return false;
  const passwordHash = await hashPassword(password);
  const name = email.split("@")[0];
  return insertAccount({ name, email, passwordHash, invite: null, emailVerified: true, role: "OWNER", now });
}

/** Whether this is the password of an address's account; takes as long where there is none. */
export async function isPasswordOf(email: string, password: string): Promise<boolean> {
  const account = await db().account.findFirst({
    where: { providerId: "credential", user: { email: email.toLowerCase() } },
  });
  if (!account?.password) {
    await hashPassword(password);
    return false;
  }
  return verifyPassword({ hash: account.password, password });
}

/**
 * Called before what an open browser alone must not do. An account without a password passes.
 * @param ask.field where it was typed
 * @throws SalonError unauthorised for a wrong one
 */
export async function requirePassword(
  ask: { userId: string; password: string; field: string },
  tx: Tx = db(),
): Promise<void> {
  const { userId, password, field } = ask;
  const user = await tx.user.findUnique({
    where: { id: userId },
    include: { accounts: { where: { providerId: "credential" } } },
  });
  if (user === null || user.accounts.length === 0 || (await isPasswordOf(user.email, password))) return;
  throw new SalonError("unauthorised", "That is not the password of this account.", { field });
}
