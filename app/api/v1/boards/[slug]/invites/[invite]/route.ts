import { revokeInvite } from "@/lib/board-settings/invites";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { admit } from "../../../../../admit";
import { clientAddress } from "../../../../../client-address";
import { respond } from "../../../../../respond";

type Context = { params: Promise<{ slug: string; invite: string }> };

/** DELETE /api/v1/boards/{slug}/invites/{invite}: nobody comes by it any more, and who did leaves. */
export function DELETE(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { voterId, by } = await admit(request, "boards.edit");
    await takeTurn("board-change", { voterId, address: clientAddress(request.headers) });
    await revokeInvite({ ...(await params), by });
    return new Response(null, { status: 204 });
  });
}
