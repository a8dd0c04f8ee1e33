import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import type { AccountPage } from "@/lib/schemas/accounts/accounts";
import { readSession } from "./read-account";

/** What somebody reads of their own account; null for who is not signed in. Sessions' tokens stay in the database. */
export async function readAccountPage(cookies: string | null, now: number): Promise<AccountPage | null> {
  const session = await readSession(cookies);
  if (session === null) return null;
  const user = await db().user.findUnique({
    where: { id: session.userId },
    include: {
      accounts: { where: { providerId: "credential" }, select: { id: true } },
      sessions: {
        where: { expiresAt: { gt: new Date(now) } },
        orderBy: { createdAt: "desc" },
        take: 50,
        select: { id: true, userAgent: true, createdAt: true },
      },
    },
  });
  if (user === null) return null;
  return {
    name: user.name,
    email: user.email,
    emailVerified: user.emailVerified,
    role: user.role,
    hasPassword: user.accounts.length > 0,
    secondFactor: user.twoFactorEnabled,
    mayChangeEmail: user.accounts.length > 0 && env().SALON_SMTP_URL !== undefined,
    sessions: user.sessions.map(({ id, userAgent, createdAt }) => ({
      id,
      browser: userAgent ?? "",
      since: createdAt.toISOString(),
      isThis: id === session.id,
    })),
  };
}
