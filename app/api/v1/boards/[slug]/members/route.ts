import { listMembers } from "@/lib/board-settings/list-members";
import { admit } from "../../../../admit";
import { json, respond } from "../../../../respond";

/** GET /api/v1/boards/{slug}/members: its models and their runs, for who may change the board. */
export function GET(request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "site.read");
    return json({ members: await listMembers({ slug: (await params).slug, by }) });
  });
}
