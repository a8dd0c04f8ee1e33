import { takeTurn } from "@/lib/rate-limits/take-turn";
import { rotateWebhookSecret } from "@/lib/webhooks/change-webhook";
import { admit } from "../../../../admit";
import { clientAddress } from "../../../../client-address";
import { json, respond } from "../../../../respond";

type Context = { params: Promise<{ webhook: string }> };

/** POST /api/v1/webhooks/{webhook}/secret: a new secret, shown this once. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { voterId, by } = await admit(request, "webhooks.change");
    await takeTurn("webhook-change", { voterId, address: clientAddress(request.headers) });
    return json(await rotateWebhookSecret({ id: (await params).webhook, by, now: Date.now() }));
  });
}
