import { changeMember } from "@/lib/board-settings/change-member";
import { listMembers } from "@/lib/board-settings/list-members";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { memberChange } from "@/lib/schemas/boards";
import { clientAddress } from "../../../../../client-address";
import { json, readBody, respond } from "../../../../../respond";
import { requireSameOrigin } from "../../../../../same-origin";
import { readVisitor } from "../../../../../visitor";

type Context = { params: Promise<{ slug: string; model: string }> };

/** POST /api/v1/boards/{slug}/members/{model}: let a model on, take it off, choose the run that stands for it. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    requireSameOrigin(request);
    const change = await readBody(request, memberChange);
    const { slug, model } = await params;
    const voterId = await readVisitor(request);
    await takeTurn("board-change", { voterId, address: clientAddress(request.headers) });
    await changeMember({ slug, model, change, by: { voterId } });
    return json({ members: await listMembers({ slug, by: { voterId } }) });
  });
}
