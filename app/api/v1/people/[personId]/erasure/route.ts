import { personOfId } from "@/lib/privacy/find-person";
import { eraseOther } from "@/lib/privacy/manage-person";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { erasureOfOther } from "@/lib/schemas/accounts/privacy";
import { admit } from "../../../../admit";
import { clientAddress } from "../../../../client-address";
import { json, readBody, respond } from "../../../../respond";

type Context = { params: Promise<{ personId: string }> };

/** POST /api/v1/people/{personId}/erasure */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { voterId, ...manager } = await admit(request, "accounts.manage");
    const { listed } = await readBody(request, erasureOfOther);
    await takeTurn("account-change", { voterId, address: clientAddress(request.headers) });
    return json(await eraseOther({ person: personOfId((await params).personId), manager, listed }));
  });
}
