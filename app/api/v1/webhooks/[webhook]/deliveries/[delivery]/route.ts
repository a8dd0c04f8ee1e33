import { takeTurn } from "@/lib/rate-limits/take-turn";
import { redeliver } from "@/lib/webhooks/send-again";
import { admit } from "../../../../../admit";
import { clientAddress } from "../../../../../client-address";
import { json, respond } from "../../../../../respond";

type Context = { params: Promise<{ webhook: string; delivery: string }> };

/** POST /api/v1/webhooks/{webhook}/deliveries/{delivery}: send it again, under its id. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { voterId, by } = await admit(request, "webhooks.change");
    await takeTurn("webhook-send", { voterId, address: clientAddress(request.headers) });
    const { webhook: id, delivery } = await params;
    return json(await redeliver({ id, delivery, by }));
  });
}
