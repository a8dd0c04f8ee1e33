import { inviteSomebody, listOpenInvites } from "@/lib/accounts/manage-invites";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { accountInviteCreation } from "@/lib/schemas/administration/users";
import { admit } from "../../admit";
import { clientAddress } from "../../client-address";
import { json, readBody, respond } from "../../respond";

/** GET /api/v1/account-invites: those that wait. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => {
    await admit(request, "accounts.manage");
    return json(await listOpenInvites({ now: Date.now() }));
  });
}

/** POST /api/v1/account-invites: make one, with its link. */
export function POST(request: Request): Promise<Response> {
  return respond(request, async () => {
    const { voterId, ...manager } = await admit(request, "accounts.manage");
    const wanted = await readBody(request, accountInviteCreation);
    await takeTurn("account-change", { voterId, address: clientAddress(request.headers) });
    return json(await inviteSomebody({ wanted, manager, now: Date.now() }), { status: 201 });
  });
}
