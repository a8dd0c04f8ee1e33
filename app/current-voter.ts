import { cookies } from "next/headers";
import { readVoterCookie, VOTER_COOKIE } from "@/lib/votes/voter-cookie";

/** The visitor's voter id, or null for someone new. Pages only read it: the API hands it out. */
export async function currentVoter(): Promise<string | null> {
  return readVoterCookie((await cookies()).get(VOTER_COOKIE)?.value);
}
