import { revokeAccountInvite } from "@/lib/accounts/manage-invites";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { admit } from "../../../admit";
import { clientAddress } from "../../../client-address";
import { respond } from "../../../respond";

type Context = { params: Promise<{ inviteId: string }> };

/** DELETE /api/v1/account-invites/{inviteId} */
export function DELETE(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { voterId, ...manager } = await admit(request, "accounts.manage");
    await takeTurn("account-change", { voterId, address: clientAddress(request.headers) });
    await revokeAccountInvite({ id: (await params).inviteId, manager, now: Date.now() });
    return new Response(null, { status: 204 });
  });
}
