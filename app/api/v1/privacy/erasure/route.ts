import { SESSION_COOKIE } from "@/lib/accounts/auth";
import { eraseOwn } from "@/lib/privacy/erase-own";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { ownErasure } from "@/lib/schemas/accounts/privacy";
import { VOTER_COOKIE } from "@/lib/votes/voter-cookie";
import { admit } from "../../../admit";
import { clientAddress } from "../../../client-address";
import { json, readBody, respond } from "../../../respond";

/** POST /api/v1/privacy/erasure: erase what is one's own; the browser then keeps no cookie that named anybody. */
export function POST(request: Request): Promise<Response> {
  return respond(request, async () => {
    const { by, voterId } = await admit(request, "privacy.erase");
    const wanted = await readBody(request, ownErasure);
    const userId = by.via?.userId ?? null;
    // A password is guessed here no oftener than where one signs in.
    await takeTurn("sign-in", { voterId: userId ?? voterId, address: clientAddress(request.headers) });
    const erased = await eraseOwn({ wanted, userId, voterId, via: by.via });
    const headers = new Headers();
    for (const name of [SESSION_COOKIE, VOTER_COOKIE])
      headers.append("set-cookie", `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`);
    return json(erased, { headers });
  });
}
