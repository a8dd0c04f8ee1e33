import { readExploredPrompt } from "@/lib/pages/explorer/read-explored-prompt";
import { promptAsked } from "@/lib/schemas/explorer";
import { admit } from "../../../../../admit";
import { json, readQuery, respond } from "../../../../../respond";
import { seenBoard } from "../../../../../seen-board";

type Context = { params: Promise<{ board: string; promptId: string }> };

/** GET /api/v1/leaderboards/{board}/prompts/{promptId}?only=&after=: one prompt by all models of the board. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "site.read");
    const { board: slug, promptId } = await params;
    const board = await seenBoard(by, slug);
    return json(await readExploredPrompt({ board, promptId, ...readQuery(request, promptAsked) }));
  });
}
