import { readAccount as accountOfCookies, type Account } from "@/lib/accounts/read-account";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import { signVoterCookie, VOTER_COOKIE, VOTER_COOKIE_MAX_AGE } from "@/lib/votes/voter-cookie";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { clientAddress } from "./client-address";
import { siteOrigin } from "./site-origin";

/** Who asks: by their session, else by the voter's signed cookie. */
export function readAccount(request: Request): Promise<Account> {
  return accountOfCookies(request.headers.get("cookie"));
}

/**
 * Somebody to own and to vote: who asks, where known; someone new is given an id, and the headers that make a browser keep it.
 * @throws SalonError "rate_limited" when the address has brought too many who were new
 */
export async function admitVisitor(
  request: Request,
  { voterId: known }: { voterId: string | null },
): Promise<{ voterId: string; headers: Headers }> {
  if (known === null) await takeTurn("new-voter", { address: clientAddress(request.headers) });
  const { voterId, isNew } = await ensureVoter(known);
  const headers = new Headers();
  if (isNew) {
    const isSecure = siteOrigin(request).startsWith("https:");
    headers.append(
      "set-cookie",
      `${VOTER_COOKIE}=${await signVoterCookie(voterId)}; Path=/; Max-Age=${VOTER_COOKIE_MAX_AGE}; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`,
    );
  }
  return { voterId, headers };
}
