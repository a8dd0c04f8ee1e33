import { createToken, listTokens } from "@/lib/api-tokens/manage-tokens";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { tokenCreation } from "@/lib/schemas/accounts/api-tokens";
import { admit } from "../../admit";
import { clientAddress } from "../../client-address";
import { json, readBody, respond } from "../../respond";
import { admitVisitor } from "../../visitor";

/** GET /api/v1/tokens: an account's tokens, without themselves. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => {
    const { voterId } = await admitVisitor(request, await admit(request, "tokens.manage"));
    return json({ tokens: await listTokens({ voterId, now: Date.now() }) });
  });
}

/** POST /api/v1/tokens: make one; it is shown this once. */
export function POST(request: Request): Promise<Response> {
  return respond(request, async () => {
    const caller = await admit(request, "tokens.manage");
    const wanted = await readBody(request, tokenCreation);
    const { voterId } = await admitVisitor(request, caller);
    await takeTurn("account-change", { voterId, address: clientAddress(request.headers) });
    return json(await createToken({ wanted, voterId, via: caller.by.via, now: Date.now() }), { status: 201 });
  });
}
