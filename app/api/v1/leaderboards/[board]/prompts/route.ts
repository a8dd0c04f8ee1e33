import { readExploredPrompts } from "@/lib/pages/explorer/read-explored-prompts";
import { promptSearch } from "@/lib/schemas/explorer";
import { admit } from "../../../../admit";
import { json, readQuery, respond } from "../../../../respond";
import { seenBoard } from "../../../../seen-board";

/** GET /api/v1/leaderboards/{board}/prompts?set=&q=&category=&only=&after=: prompts whose samples are shown with names. */
export function GET(request: Request, { params }: { params: Promise<{ board: string }> }): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "site.read");
    const board = await seenBoard(by, (await params).board);
    return json(await readExploredPrompts({ board, ...readQuery(request, promptSearch) }));
  });
}
