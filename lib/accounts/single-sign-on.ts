import { env } from "@/lib/env";
import { SalonError } from "@/lib/errors";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { OIDC_PROVIDER } from "./auth";
import { forwardRedirect, type Caller } from "./forward";

/** @throws SalonError "not_found" */
export function requireSingleSignOn(): void {
  if (env().SALON_OIDC_ISSUER === undefined)
    throw new SalonError("not_found", "This site has no single sign-on.");
}

/**
 * Take up what the provider of single sign-on says of a browser that it sends back, and send it on: to the page it wanted, signed
 * in, or to /sign-in with ?error.
 * @throws SalonError "rate_limited"; "not_found" where there is none
 */
export async function finishSingleSignOn(
  query: Record<string, string>,
  caller: Caller & { address: string | null },
): Promise<Response> {
  requireSingleSignOn();
  await takeTurn("sign-in", { address: caller.address });
  return forwardRedirect({ method: "GET", path: `/callback/${OIDC_PROVIDER}`, query }, caller);
}
