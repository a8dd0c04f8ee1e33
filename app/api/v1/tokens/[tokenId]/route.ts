import { revokeToken } from "@/lib/api-tokens/manage-tokens";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { admit } from "../../../admit";
import { clientAddress } from "../../../client-address";
import { respond } from "../../../respond";
import { admitVisitor } from "../../../visitor";

type Context = { params: Promise<{ tokenId: string }> };

/** DELETE /api/v1/tokens/{tokenId}: a token of one's own opens nothing any more. */
export function DELETE(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const caller = await admit(request, "tokens.manage");
    const { voterId } = await admitVisitor(request, caller);
    await takeTurn("account-change", { voterId, address: clientAddress(request.headers) });
    const { via } = caller.by;
    await revokeToken({ id: (await params).tokenId, voterId, via, now: Date.now() });
    return new Response(null, { status: 204 });
  });
}
