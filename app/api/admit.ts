import type { Action } from "@/lib/access/actions";
import { refusalOf, refusalText, type Refusal, type Who } from "@/lib/access/decide";
import type { Switches } from "@/lib/access/switches";
import { SalonError } from "@/lib/errors";
import { readSwitches } from "@/lib/settings/read-switches";
import { requireSameOrigin } from "./same-origin";
import { readAccount } from "./visitor";

/** Who was let in to do something. */
export interface Caller {
  /** As use cases ask for it. */
  by: { voterId: string | null; runsSite: boolean };
  voterId: string | null;
}

/**
 * Let somebody in to do what a route does, by the one table (lib/access/actions.ts); every route begins with this. A change must
 * come from the site's own pages, or from no browser.
 * @throws SalonError unauthorised, where an account would do; forbidden, with what is missing
 */
export async function admit(request: Request, action: Action): Promise<Caller> {
  const { who, voterId } = await readWho(request);
  if (request.method !== "GET" && request.method !== "HEAD") requireSameOrigin(request);
  const switches = await readSwitches();
  requireAllowed(action, who, switches);
  return { by: { voterId, runsSite: runsSite(who, switches) }, voterId };
}

/** @throws SalonError unauthorised or forbidden */
function requireAllowed(action: Action, who: Who, switches: Switches): void {
  const refusal = refusalOf(action, who, switches);
  if (refusal !== null) throw refused(action, refusal);
}

const runsSite = (who: Who, switches: Switches): boolean => refusalOf("site.run", who, switches) === null;

const refused = (action: Action, refusal: Refusal) =>
  new SalonError(refusal.why === "sign in" ? "unauthorised" : "forbidden", refusalText(action, refusal));

/** Who asks: an account by its session, else a visitor by their cookie. */
async function readWho(request: Request): Promise<{ who: Who; voterId: string | null }> {
  const { role, voterId } = await readAccount(request);
  return { who: { standing: role ?? "VISITOR", scopes: null }, voterId };
}
