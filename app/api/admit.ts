import type { Action } from "@/lib/access/actions";
import { refusalOf, refusalText, type Refusal, type Who } from "@/lib/access/decide";
import type { Standing } from "@/lib/access/roles";
import type { Switches } from "@/lib/access/switches";
import type { Via } from "@/lib/audit/actor";
import { findVia } from "@/lib/audit/find-via";
import { SalonError } from "@/lib/errors";
import { countCall } from "@/lib/quotas/count-call";
import { readSwitches } from "@/lib/settings/read-switches";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { useToken } from "@/lib/api-tokens/use-token";
import { clientAddress } from "./client-address";
import { requireSameOrigin } from "./same-origin";
import { readAccount } from "./visitor";

/** Who was let in to do something. */
export interface Caller {
  /** As use cases ask for it. */
  by: {
    voterId: string | null;
    runsSite: boolean;
    managesAll: boolean;
    isSignedIn: boolean;
    via?: Via;
    read?: number;
  };
  voterId: string | null;
  /** Their role, for who may have a say over whom; of a personal site, whoever opens it is its operator. */
  standing: Standing;
}

/**
 * Let somebody in to do what a route does, by the one table (lib/access/actions.ts). Every route begins with this, but those whose
 * answer is the same for everybody.
 * @throws SalonError unauthorised, where an account would do; forbidden, with what is missing; rate_limited when the quota of calls
 *   is used up, which all calls by a token and all changes count for
 */
export async function admit(request: Request, action: Action): Promise<Caller> {
  const [{ who, voterId, ids }, switches] = await Promise.all([readWho(request), readSwitches()]);
  requireAllowed(action, who, switches);
  const may = (other: Action) => refusalOf(other, who, switches) === null;
  const by = {
    voterId,
    runsSite: may("site.run"),
    managesAll: may("others.manage"),
    isSignedIn: who.standing !== "VISITOR",
  };
  const standing = switches.personal ? "operator" : who.standing;
  if (isReading(request) && ids.tokenId === null) return { by, voterId, standing };
  const via = await findVia({ ...ids, address: clientAddress(request.headers) }, Date.now());
  if (!switches.personal) await countCall({ ownerId: voterId, addressHash: via.addressHash ?? null });
  if (isReading(request)) return { by, voterId, standing };
  return { by: { ...by, via, read: revisionRead(request) }, voterId, standing };
}

/**
 * The revision that a change was made to, as If-Match says it: a view's `revision`, quoted as an ETag or not.
 * @throws SalonError invalid_request
 */
function revisionRead({ headers }: Request): number | undefined {
  const given = headers.get("if-match")?.trim();
  if (given === undefined || given === "*") return undefined;
  const revision = /^(?:"([1-9]\d{0,8})"|([1-9]\d{0,8}))$/.exec(given);
  if (revision === null)
    throw new SalonError("invalid_request", 'If-Match takes the revision that you read, such as "3".', {
      field: "If-Match",
    });
  return Number(revision[1] ?? revision[2]);
}

const isReading = ({ method }: Request): boolean => method === "GET" || method === "HEAD";

interface Found {
  who: Who;
  voterId: string | null;
  ids: { userId: string | null; tokenId: string | null };
}

/** @throws SalonError unauthorised or forbidden */
function requireAllowed(action: Action, who: Who, switches: Switches): void {
  const refusal = refusalOf(action, who, switches);
  if (refusal !== null) throw refused(action, refusal);
}

const refused = (action: Action, refusal: Refusal) =>
  new SalonError(refusal.why === "sign in" ? "unauthorised" : "forbidden", refusalText(action, refusal));

/**
 * Who asks: an account by its token, whatever cookies come with it, or by its session; else a visitor by their cookie. A change by
 * cookie must come from the site's own pages, or from no browser.
 * @throws SalonError unauthorised for a token that opens nothing; rate_limited when too many of those came; forbidden
 */
async function readWho(request: Request): Promise<Found> {
  const token = bearerOf(request);
  if (token !== null) {
    const holder = await useToken(token);
    if (holder !== null) {
      const { id: tokenId, voterId, role: standing, scopes } = holder;
      return { who: { standing, scopes }, voterId, ids: { userId: null, tokenId } };
    }
    await takeTurn("wrong-token", { address: clientAddress(request.headers) });
    throw new SalonError("unauthorised", "This token is wrong, was revoked or has expired.");
  }
  if (!isReading(request)) requireSameOrigin(request);
  const { role, voterId, userId } = await readAccount(request);
  return { who: { standing: role ?? "VISITOR", scopes: null }, voterId, ids: { userId, tokenId: null } };
}

/** The token of an Authorization header; null without one. Other schemes are a proxy's before the site. */
function bearerOf(request: Request): string | null {
  return /^bearer +(\S+) *$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? null;
}
