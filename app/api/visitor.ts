import { ensureVoter } from "@/lib/votes/ensure-voter";
import {
  readVoterCookie,
  signVoterCookie,
  VOTER_COOKIE,
  VOTER_COOKIE_MAX_AGE,
} from "@/lib/votes/voter-cookie";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { clientAddress } from "./client-address";

/** Who asks, by the signed cookie; null without a genuine one. */
export function readVisitor(request: Request): Promise<string | null> {
  const cookies = (request.headers.get("cookie") ?? "").split(";").map((cookie) => cookie.trim());
  const own = cookies.find((cookie) => cookie.startsWith(`${VOTER_COOKIE}=`));
  return readVoterCookie(own?.slice(VOTER_COOKIE.length + 1));
}

/**
 * Who asks; someone new is given an id, and the headers that make a browser keep it.
 * @throws SalonError "rate_limited" when the address has brought too many who were new
 */
export async function admitVisitor(request: Request): Promise<{ voterId: string; headers: Headers }> {
  const known = await readVisitor(request);
  if (known === null) await takeTurn("new-voter", { address: clientAddress(request.headers) });
  const { voterId, isNew } = await ensureVoter(known);
  const headers = new Headers();
  if (isNew) {
    const isSecure = (request.headers.get("x-forwarded-proto") ?? new URL(request.url).protocol).startsWith(
      "https",
    );
    headers.append(
      "set-cookie",
      `${VOTER_COOKIE}=${await signVoterCookie(voterId)}; Path=/; Max-Age=${VOTER_COOKIE_MAX_AGE}; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`,
    );
  }
  return { voterId, headers };
}
