import { createInvite, listInvites } from "@/lib/board-settings/invites";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { inviteCreation } from "@/lib/schemas/boards";
import { admit } from "../../../../admit";
import { clientAddress } from "../../../../client-address";
import { json, readBody, respond } from "../../../../respond";

type Context = { params: Promise<{ slug: string }> };

/** GET /api/v1/boards/{slug}/invites */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "site.read");
    return json({ invites: await listInvites({ slug: (await params).slug, by }) });
  });
}

/** POST /api/v1/boards/{slug}/invites: make a link, which is shown this once. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { voterId, by } = await admit(request, "boards.edit");
    const invite = await readBody(request, inviteCreation);
    await takeTurn("board-change", { voterId, address: clientAddress(request.headers) });
    const ask = { slug: (await params).slug, invite, by, now: Date.now() };
    return json(await createInvite(ask), { status: 201 });
  });
}
