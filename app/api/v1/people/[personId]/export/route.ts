import { personOfId } from "@/lib/privacy/find-person";
import { exportOther } from "@/lib/privacy/manage-person";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { admit } from "../../../../admit";
import { clientAddress } from "../../../../client-address";
import { exportResponse } from "../../../../export-response";
import { respond } from "../../../../respond";

type Context = { params: Promise<{ personId: string }> };

/** POST /api/v1/people/{personId}/export: no GET, since it leaves an event in the log of changes. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { voterId, ...manager } = await admit(request, "accounts.manage");
    await takeTurn("export", { voterId, address: clientAddress(request.headers) });
    const person = personOfId((await params).personId);
    return exportResponse(await exportOther({ person, manager, now: Date.now() }));
  });
}
