import { readPairVotes } from "@/lib/pages/explorer/read-pair-votes";
import { pairVotesAsked } from "@/lib/schemas/explorer";
import { admit } from "../../../../admit";
import { json, readQuery, respond } from "../../../../respond";
import { seenBoard } from "../../../../seen-board";

/** GET /api/v1/leaderboards/{board}/pair?a=&b=&before=: the votes between two models. */
export function GET(request: Request, { params }: { params: Promise<{ board: string }> }): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "site.read");
    const board = await seenBoard(by, (await params).board);
    return json(await readPairVotes({ board, ...readQuery(request, pairVotesAsked) }));
  });
}
