import { listWebhookDeliveries } from "@/lib/webhooks/list-webhooks";
import { admit } from "../../../../admit";
import { json, respond } from "../../../../respond";

type Context = { params: Promise<{ webhook: string }> };

/** GET /api/v1/webhooks/{webhook}/deliveries */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "site.read");
    return json({ deliveries: await listWebhookDeliveries({ id: (await params).webhook, by }) });
  });
}
