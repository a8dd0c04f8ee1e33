import { acceptComparisonInvite } from "@/lib/comparisons/invites";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { inviteAcceptance } from "@/lib/schemas/boards";
import { admit } from "../../admit";
import { clientAddress } from "../../client-address";
import { json, readBody, respond } from "../../respond";
import { admitVisitor } from "../../visitor";

/** POST /api/v1/comparison-invites: come to a comparison by the token of a link. */
export function POST(request: Request): Promise<Response> {
  return respond(request, async () => {
    const caller = await admit(request, "invites.accept");
    const { token } = await readBody(request, inviteAcceptance);
    const { voterId, headers } = await admitVisitor(request, caller);
    await takeTurn("comparison-change", { voterId, address: clientAddress(request.headers) });
    return json(await acceptComparisonInvite({ token, voterId, via: caller.by.via, now: Date.now() }), {
      headers,
    });
  });
}
