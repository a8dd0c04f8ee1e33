import { createHmac, randomUUID } from "node:crypto";
import { SESSION_COOKIE } from "@/lib/accounts/auth";
import type { Db } from "@/lib/db/client";
import { derivedSecret } from "@/lib/secrets/secret";

/** The cookie of a browser in which an account has signed in, as the library makes it: a stored token and its signature. */
export async function signIn(db: Db, userId: string): Promise<string> {
  const token = randomUUID();
  await db.session.create({
    data: { id: randomUUID(), token, userId, expiresAt: new Date(Date.now() + 3_600_000) },
  });
  const signature = createHmac("sha256", await derivedSecret("accounts"))
    .update(token)
    .digest("base64");
  return `${SESSION_COOKIE}=${encodeURIComponent(`${token}.${signature}`)}`;
}
