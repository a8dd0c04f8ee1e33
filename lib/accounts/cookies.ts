import { readVoterCookie, VOTER_COOKIE } from "@/lib/votes/voter-cookie";

/** better-auth's first half of every cookie's name: `salon.session_token`. */
export const COOKIE_PREFIX = "salon";

/** Whether a Cookie header may be of somebody who is signed in, or about to be. */
export const mayHaveAccount = (header: string | null | undefined): boolean =>
  (header ?? "").includes(`${COOKIE_PREFIX}.`);

/** The value of one cookie of a request's Cookie header. */
export function cookieOf(header: string | null | undefined, name: string): string | undefined {
  const cookies = (header ?? "").split(";").map((cookie) => cookie.trim());
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** A Cookie header without one of its cookies. */
export const withoutCookie = (header: string | null, name: string): string | null =>
  header
    ?.split(";")
    .filter((cookie) => !cookie.trim().startsWith(`${name}=`))
    .join(";") ?? null;

/** The voter that a Cookie header genuinely names, whoever that is today; null for none. */
export function voterOfCookies(header: string | null | undefined): Promise<string | null> {
  return readVoterCookie(cookieOf(header, VOTER_COOKIE));
}
