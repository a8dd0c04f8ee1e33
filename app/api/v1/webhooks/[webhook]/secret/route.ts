import { takeTurn } from "@/lib/rate-limits/take-turn";
import { rotateWebhookSecret } from "@/lib/webhooks/change-webhook";
import { clientAddress } from "../../../../client-address";
import { json, respond } from "../../../../respond";
import { requireSameOrigin } from "../../../../same-origin";
import { readVisitor } from "../../../../visitor";

type Context = { params: Promise<{ webhook: string }> };

/** POST /api/v1/webhooks/{webhook}/secret: a new secret, shown this once. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    requireSameOrigin(request);
    const voterId = await readVisitor(request);
    await takeTurn("webhook-change", { voterId, address: clientAddress(request.headers) });
    return json(await rotateWebhookSecret({ id: (await params).webhook, by: { voterId }, now: Date.now() }));
  });
}
