import { takeTurn } from "@/lib/rate-limits/take-turn";
import { redeliver } from "@/lib/webhooks/send-again";
import { clientAddress } from "../../../../../client-address";
import { json, respond } from "../../../../../respond";
import { requireSameOrigin } from "../../../../../same-origin";
import { readVisitor } from "../../../../../visitor";

type Context = { params: Promise<{ webhook: string; delivery: string }> };

/** POST /api/v1/webhooks/{webhook}/deliveries/{delivery}: send it again, under its id. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    requireSameOrigin(request);
    const voterId = await readVisitor(request);
    await takeTurn("webhook-send", { voterId, address: clientAddress(request.headers) });
    const { webhook: id, delivery } = await params;
    return json(await redeliver({ id, delivery, by: { voterId } }));
  });
}
