import { changeMember } from "@/lib/board-settings/change-member";
import { listMembers } from "@/lib/board-settings/list-members";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { memberChange } from "@/lib/schemas/boards";
import { admit } from "../../../../../admit";
import { clientAddress } from "../../../../../client-address";
import { json, readBody, respond } from "../../../../../respond";

type Context = { params: Promise<{ slug: string; model: string }> };

/** POST /api/v1/boards/{slug}/members/{model}: let a model on, take it off, choose the run that stands for it. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { voterId, by } = await admit(request, "boards.edit");
    const change = await readBody(request, memberChange);
    const { slug, model } = await params;
    await takeTurn("board-change", { voterId, address: clientAddress(request.headers) });
    await changeMember({ slug, model, change, by });
    return json({ members: await listMembers({ slug, by }) });
  });
}
