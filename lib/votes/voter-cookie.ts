import { isId } from "@/lib/ids";
import { signText, verifyText } from "@/lib/secrets/sign";

/** The cookie that lets an anonymous voter be recognised: a voter id and its signature. Nothing about a person. */
export const VOTER_COOKIE = "salon_voter";

/** One year, in seconds. */
export const VOTER_COOKIE_MAX_AGE = 365 * 24 * 60 * 60;

/** The cookie's value for a voter. */
export async function signVoterCookie(voterId: string): Promise<string> {
  return `${voterId}.${await signText("voter-cookie", voterId)}`;
}

/** The voter id a cookie's value names, or null when there is none or it was tampered with. */
export async function readVoterCookie(value: string | undefined): Promise<string | null> {
  const [voterId, signature, ...rest] = (value ?? "").split(".");
  if (signature === undefined || rest.length > 0 || !isId("voter", voterId)) return null;
  return (await verifyText("voter-cookie", voterId, signature)) ? voterId : null;
}
