import { takeTurn } from "@/lib/rate-limits/take-turn";
import { sendTestEvent } from "@/lib/webhooks/send-again";
import { admit } from "../../../../admit";
import { clientAddress } from "../../../../client-address";
import { json, respond } from "../../../../respond";

type Context = { params: Promise<{ webhook: string }> };

/** POST /api/v1/webhooks/{webhook}/test */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { voterId, by } = await admit(request, "webhooks.change");
    await takeTurn("webhook-send", { voterId, address: clientAddress(request.headers) });
    return json(await sendTestEvent({ id: (await params).webhook, by }), { status: 201 });
  });
}
