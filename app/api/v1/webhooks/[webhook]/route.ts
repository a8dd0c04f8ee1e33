import { takeTurn } from "@/lib/rate-limits/take-turn";
import { deleteWebhook } from "@/lib/webhooks/change-webhook";
import { clientAddress } from "../../../client-address";
import { respond } from "../../../respond";
import { requireSameOrigin } from "../../../same-origin";
import { readVisitor } from "../../../visitor";

type Context = { params: Promise<{ webhook: string }> };

/** DELETE /api/v1/webhooks/{webhook} */
export function DELETE(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    requireSameOrigin(request);
    const voterId = await readVisitor(request);
    await takeTurn("webhook-change", { voterId, address: clientAddress(request.headers) });
    await deleteWebhook({ id: (await params).webhook, by: { voterId } });
    return new Response(null, { status: 204 });
  });
}
