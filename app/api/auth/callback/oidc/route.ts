import { finishSingleSignOn } from "@/lib/accounts/single-sign-on";
import { clientAddress } from "../../../client-address";
import { respond } from "../../../respond";
import { siteOrigin } from "../../../site-origin";

/** GET /api/auth/callback/oidc: the provider of single sign-on sends a browser back here. */
export function GET(request: Request): Promise<Response> {
  return respond(request, () =>
    finishSingleSignOn(Object.fromEntries(new URL(request.url).searchParams), {
      cookies: request.headers.get("cookie"),
      userAgent: request.headers.get("user-agent"),
      origin: siteOrigin(request),
      address: clientAddress(request.headers),
    }),
  );
}
