import { takeTurn } from "@/lib/rate-limits/take-turn";
import { sendTestEvent } from "@/lib/webhooks/send-again";
import { clientAddress } from "../../../../client-address";
import { json, respond } from "../../../../respond";
import { requireSameOrigin } from "../../../../same-origin";
import { readVisitor } from "../../../../visitor";

type Context = { params: Promise<{ webhook: string }> };

/** POST /api/v1/webhooks/{webhook}/test */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    requireSameOrigin(request);
    const voterId = await readVisitor(request);
    await takeTurn("webhook-send", { voterId, address: clientAddress(request.headers) });
    return json(await sendTestEvent({ id: (await params).webhook, by: { voterId } }), { status: 201 });
  });
}
