import { acceptInvite } from "@/lib/board-settings/invites";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { inviteAcceptance } from "@/lib/schemas/boards";
import { admit } from "../../admit";
import { clientAddress } from "../../client-address";
import { json, readBody, respond } from "../../respond";
import { admitVisitor } from "../../visitor";

/** POST /api/v1/invites: come onto a board by the token of a link. */
export function POST(request: Request): Promise<Response> {
  return respond(request, async () => {
    const caller = await admit(request, "invites.accept");
    const { token } = await readBody(request, inviteAcceptance);
    const { voterId, headers } = await admitVisitor(request, caller);
    await takeTurn("board-change", { voterId, address: clientAddress(request.headers) });
    return json(await acceptInvite({ token, voterId, via: caller.by.via, now: Date.now() }), { headers });
  });
}
