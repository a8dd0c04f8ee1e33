import { AUTH_ACTIONS, isAuthAction, type AuthAsk } from "@/lib/accounts/actions";
import { performAuth } from "@/lib/accounts/perform";
import { SalonError } from "@/lib/errors";
import { clientAddress } from "../../client-address";
import { json, readBody, respond } from "../../respond";
import { requireSameOrigin } from "../../same-origin";
import { siteOrigin } from "../../site-origin";

/** POST /api/auth/...: sign in and out, make an account and change one (lib/accounts/actions.ts lists what there is). */
export function POST(
  request: Request,
  { params }: { params: Promise<{ action: string[] }> },
): Promise<Response> {
  return respond(request, async () => {
    requireSameOrigin(request);
    const action = (await params).action.join("/");
    if (!isAuthAction(action)) throw new SalonError("not_found", "There is nothing at this address.");
    const body = await readBody(request, AUTH_ACTIONS[action].body);
    const { answer, headers } = await performAuth({ action, body } as AuthAsk, {
      cookies: request.headers.get("cookie"),
      userAgent: request.headers.get("user-agent"),
      origin: siteOrigin(request),
      address: clientAddress(request.headers),
      now: Date.now(),
    });
    return json(answer, { headers });
  });
}
