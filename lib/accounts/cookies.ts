import { readVoterCookie, VOTER_COOKIE } from "@/lib/votes/voter-cookie";

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
