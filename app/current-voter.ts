import { headers } from "next/headers";
import { cache } from "react";
import { readAccount } from "@/lib/accounts/read-account";

/** Who looks at a page; found once for all parts of it. */
export const currentAccount = cache(async () => readAccount((await headers()).get("cookie")));

/** The visitor's voter id, or null for someone new. Pages only read it: the API hands it out. */
export async function currentVoter(): Promise<string | null> {
  return (await currentAccount()).voterId;
}
