import { z } from "zod";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { webhookCreation } from "@/lib/schemas/webhooks";
import { createWebhook } from "@/lib/webhooks/create-webhook";
import { listWebhooks } from "@/lib/webhooks/list-webhooks";
import { admit } from "../../admit";
import { clientAddress } from "../../client-address";
import { json, readBody, readQuery, respond } from "../../respond";

const query = z.object({ model: z.string().max(100).optional(), board: z.string().max(100).optional() });

/** GET /api/v1/webhooks?model=&board=: one's own. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "site.read");
    return json({ webhooks: await listWebhooks({ by, ...readQuery(request, query) }) });
  });
}

/** POST /api/v1/webhooks: add one; its secret is shown this once. */
export function POST(request: Request): Promise<Response> {
  return respond(request, async () => {
    const { voterId, by } = await admit(request, "webhooks.add");
    const webhook = await readBody(request, webhookCreation);
    const address = clientAddress(request.headers);
    await takeTurn("webhook-change", { voterId, address });
    return json(await createWebhook({ webhook, by, address }), { status: 201 });
  });
}
