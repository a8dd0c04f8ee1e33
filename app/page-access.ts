import { forbidden, unauthorized } from "next/navigation";
import { cache } from "react";
import { currentAccount } from "@/app/current-voter";
import type { Action } from "@/lib/access/actions";
import { refusalOf, refusalText, type Who } from "@/lib/access/decide";
import type { Visitor } from "@/lib/models/visibility";
import type { Offer } from "@/lib/schemas/offer";
import { readSwitches } from "@/lib/settings/read-switches";

/** Who looks at a page, and the site's switches; found once for all parts of it. */
const currentAccess = cache(async () => {
  const [{ voterId, role }, switches] = await Promise.all([currentAccount(), readSwitches()]);
  const who: Who = { standing: role ?? "VISITOR", scopes: null };
  return { voterId, who, switches };
});

/** Why the page is not shown; for the pages that say so. */
export const refusedPage = cache((): { text: string | null } => ({ text: null }));

/** Who looks at a page, as use cases ask for it. */
export async function currentAsker(): Promise<Visitor> {
  const { voterId, who, switches } = await currentAccess();
  return {
    voterId,
    runsSite: refusalOf("site.run", who, switches) === null,
    managesAll: refusalOf("others.manage", who, switches) === null,
    isSignedIn: who.standing !== "VISITOR",
  };
}

/** Whether something is offered to who looks at a page: as a link, as a sign-in that leads to it, or not at all. */
export async function offer(action: Action): Promise<Offer> {
  const { who, switches } = await currentAccess();
  const refusal = refusalOf(action, who, switches);
  if (refusal === null) return { kind: "open" };
  const text = refusalText(action, refusal);
  return refusal.why === "sign in" ? { kind: "sign in", text } : { kind: "closed", text };
}

/** Show a page only to who may do what it is for, by the one table (lib/access/actions.ts): others get a 401 or a 403. */
export async function requirePage(action: Action): Promise<void> {
  const offered = await offer(action);
  if (offered.kind === "open") return;
  refusedPage().text = offered.text;
  if (offered.kind === "sign in") unauthorized();
  forbidden();
}
