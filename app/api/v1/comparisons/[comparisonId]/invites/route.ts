import { createComparisonInvite, listComparisonInvites } from "@/lib/comparisons/invites";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { comparisonInviteCreation } from "@/lib/schemas/comparisons";
import { admit } from "../../../../admit";
import { clientAddress } from "../../../../client-address";
import { json, readBody, respond } from "../../../../respond";

type Context = { params: Promise<{ comparisonId: string }> };

/** GET /api/v1/comparisons/{comparisonId}/invites */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { voterId } = await admit(request, "site.read");
    const ask = { ...(await params), voterId };
    return json({ invites: await listComparisonInvites(ask) });
  });
}

/** POST /api/v1/comparisons/{comparisonId}/invites: make a link, which is shown this once. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { voterId, by } = await admit(request, "comparisons.change");
    const invite = await readBody(request, comparisonInviteCreation);
    const ask = { ...(await params), voterId, via: by.via };
    await takeTurn("comparison-change", { voterId: ask.voterId, address: clientAddress(request.headers) });
    return json(await createComparisonInvite({ ...ask, invite, now: Date.now() }), { status: 201 });
  });
}
