import { takeTurn } from "@/lib/rate-limits/take-turn";
import { deleteWebhook } from "@/lib/webhooks/change-webhook";
import { admit } from "../../../admit";
import { clientAddress } from "../../../client-address";
import { respond } from "../../../respond";

type Context = { params: Promise<{ webhook: string }> };

/** DELETE /api/v1/webhooks/{webhook} */
export function DELETE(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { voterId, by } = await admit(request, "webhooks.change");
    await takeTurn("webhook-change", { voterId, address: clientAddress(request.headers) });
    await deleteWebhook({ id: (await params).webhook, by });
    return new Response(null, { status: 204 });
  });
}
