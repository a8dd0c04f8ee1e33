import { createInvite, listInvites } from "@/lib/board-settings/invites";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { inviteCreation } from "@/lib/schemas/boards";
import { clientAddress } from "../../../../client-address";
import { json, readBody, respond } from "../../../../respond";
import { requireSameOrigin } from "../../../../same-origin";
import { readVisitor } from "../../../../visitor";

type Context = { params: Promise<{ slug: string }> };

/** GET /api/v1/boards/{slug}/invites */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const by = { voterId: await readVisitor(request) };
    return json({ invites: await listInvites({ slug: (await params).slug, by }) });
  });
}

/** POST /api/v1/boards/{slug}/invites: make a link, which is shown this once. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    requireSameOrigin(request);
    const invite = await readBody(request, inviteCreation);
    const voterId = await readVisitor(request);
    await takeTurn("board-change", { voterId, address: clientAddress(request.headers) });
    const ask = { slug: (await params).slug, invite, by: { voterId }, now: Date.now() };
    return json(await createInvite(ask), { status: 201 });
  });
}
