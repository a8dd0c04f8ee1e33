import { db } from "@/lib/db/client";
import type { UserRole } from "@/lib/db/generated/enums";
import { SESSION_COOKIE, sessionReader } from "./auth";
import { cookieOf, voterOfCookies } from "./cookies";
import { isVisitor, tieVoter } from "./tie-voter";

/** Who asks: somebody with an account, a visitor known by a cookie, or (voterId null) somebody new. */
export type Account =
  { voterId: string; userId: string; role: UserRole } | { voterId: string | null; userId: null; role: null };

/**
 * Who asks, by their session, else by the voter's cookie. The one place that decides it.
 * @param cookies the request's Cookie header
 */
export async function readAccount(cookies: string | null): Promise<Account> {
  const session = await readSession(cookies);
  const user = session && (await db().user.findUnique({ where: { id: session.userId } }));
  const visitorId = await voterOfCookies(cookies);
  if (user !== null && user.disabledAt === null) {
    // A sign-in that was cut off before it gave them one is made good.
    const voterId = user.voterId ?? (await tieVoter({ userId: user.id, visitorId }));
    return { voterId, userId: user.id, role: user.role };
  }
  const isTheirs = visitorId !== null && (await isVisitor(visitorId));
  return { voterId: isTheirs ? visitorId : null, userId: null, role: null };
}

/** The session that a Cookie header genuinely names and that has not ended. */
export async function readSession(cookies: string | null): Promise<{ id: string; userId: string } | null> {
  if (cookieOf(cookies, SESSION_COOKIE) === undefined) return null;
  const headers = new Headers({ cookie: cookies ?? "" });
  const found = await (await sessionReader()).api.getSession({ headers });
  return found === null ? null : { id: found.session.id, userId: found.user.id };
}
