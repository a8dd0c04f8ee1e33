import { db, type Tx } from "@/lib/db/client";

/**
 * Remove sessions that have ended, and links and single sign-ons that nobody came back to. Safe to run twice.
 * @param now milliseconds since 1970
 * @returns how many rows went
 */
export async function forgetSignIns(now: number, tx: Tx = db()): Promise<number> {
  const ended = { expiresAt: { lt: new Date(now) } };
  const sessions = await tx.session.deleteMany({ where: ended });
  const links = await tx.verification.deleteMany({ where: ended });
  return sessions.count + links.count;
}
