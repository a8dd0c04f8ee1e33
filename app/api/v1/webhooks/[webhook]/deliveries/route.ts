import { listWebhookDeliveries } from "@/lib/webhooks/list-webhooks";
import { json, respond } from "../../../../respond";
import { readVisitor } from "../../../../visitor";

type Context = { params: Promise<{ webhook: string }> };

/** GET /api/v1/webhooks/{webhook}/deliveries */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const by = { voterId: await readVisitor(request) };
    return json({ deliveries: await listWebhookDeliveries({ id: (await params).webhook, by }) });
  });
}
