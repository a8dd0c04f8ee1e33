import type { Actor } from "@/lib/audit/actor";
import { recordChange } from "@/lib/audit/record-change";
import { db, inTransaction } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { SESSION_COOKIE } from "./auth";
import { withoutCookie } from "./cookies";
import { requirePassword } from "./create-account";
import { forward, type Caller, type Forwarded } from "./forward";
import { readSession } from "./read-account";
import { removeSecondFactor } from "./remove-second-factor";
import { spendCode } from "./spend-code";

/** An app's code; all others are taken for backup codes. */
const isOfApp = (code: string) => /^\d{6}$/.test(code);

/**
 * The second half of a sign-in: a code after the password.
 * @throws SalonError unauthorised for a wrong or used one, and where no sign-in waits; rate_limited after ten wrong ones
 */
export function checkCode(code: string, caller: Caller): Promise<Forwarded> {
  const path = isOfApp(code) ? "/two-factor/verify-totp" : "/two-factor/verify-backup-code";
  // A session that the browser has meanwhile is another one's, and would be asked for its own code.
  const cookies = withoutCookie(caller.cookies, SESSION_COOKIE);
  return forward({ method: "POST", path, body: { code } }, { ...caller, cookies });
}

/**
 * Switch a second factor on that was started, by the first code of its app.
 * @throws SalonError unauthorised for a wrong one; conflict where none was started, or it is on
 */
export async function confirmSecondFactor(code: string, caller: Caller): Promise<Forwarded> {
  const { userId, isOn } = await ownFactor(caller);
  if (isOn) throw new SalonError("conflict", "The second factor is on already.");
  const done = await forward({ method: "POST", path: "/two-factor/verify-totp", body: { code } }, caller);
  await inTransaction((tx) =>
    recordChange(tx, {
      by: themselves(userId),
      action: "accounts.second-factor",
      subject: { kind: "account", id: userId, label: userId },
      before: { secondFactor: false },
      after: { secondFactor: true },
    }),
  );
  return done;
}

/**
 * Switch one's own second factor off, by password and code.
 * @throws SalonError unauthorised for a wrong password or code; conflict where it is off
 */
export async function endSecondFactor(
  { currentPassword, code }: { currentPassword: string; code: string },
  caller: Caller & { now: number },
): Promise<Forwarded> {
  const { userId, isOn } = await ownFactor(caller);
  if (!isOn) throw new SalonError("conflict", "The second factor is off.");
  await requirePassword({ userId, password: currentPassword, field: "currentPassword" });
  const ofApp = isOfApp(code);
  const path = ofApp ? "/two-factor/verify-totp" : "/two-factor/verify-backup-code";
  const done = await forward({ method: "POST", path, body: { code } }, caller);
  if (ofApp && !(await spendCode({ userId, code, now: caller.now })))
    throw new SalonError("unauthorised", "This code has been used. Wait for the next one.", {
      field: "code",
    });
  await removeSecondFactor({ userId, by: themselves(userId) });
  return done;
}

async function ownFactor({ cookies }: Caller): Promise<{ userId: string; isOn: boolean }> {
  const session = await readSession(cookies);
  if (session === null) throw new SalonError("unauthorised", "Please sign in first.");
  const { userId } = session;
  const { twoFactorEnabled } = await db().user.findUniqueOrThrow({ where: { id: userId } });
  return { userId, isOn: twoFactorEnabled };
}

const themselves = (userId: string): Actor => ({
  voterId: null,
  via: { userId, tokenId: null, addressHash: null },
});
