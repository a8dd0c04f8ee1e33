import { changeAccount } from "@/lib/accounts/change-account";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { accountChange } from "@/lib/schemas/administration/users";
import { admit } from "../../../admit";
import { clientAddress } from "../../../client-address";
import { json, readBody, respond } from "../../../respond";

type Context = { params: Promise<{ userId: string }> };

/** POST /api/v1/users/{userId}: another role, disabled or enabled, its second factor switched off. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { voterId, ...manager } = await admit(request, "accounts.manage");
    const change = await readBody(request, accountChange);
    await takeTurn("account-change", { voterId, address: clientAddress(request.headers) });
    return json(await changeAccount({ ...(await params), change, manager, now: Date.now() }));
  });
}
