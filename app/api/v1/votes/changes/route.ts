import { takeTurn } from "@/lib/rate-limits/take-turn";
import { voteChange } from "@/lib/schemas/administration/vote-admin";
import { requestVoteChange } from "@/lib/votes/request-vote-change";
import { admit } from "../../../admit";
import { clientAddress } from "../../../client-address";
import { json, readBody, respond } from "../../../respond";

/** POST /api/v1/votes/changes: leave votes out of every rating, or count them again. */
export function POST(request: Request): Promise<Response> {
  return respond(request, async () => {
    const { by, voterId } = await admit(request, "votes.manage");
    const change = await readBody(request, voteChange);
    await takeTurn("vote-change", { voterId, address: clientAddress(request.headers) });
    await requestVoteChange({ change, by });
    return json({ asked: true }, { status: 200 });
  });
}
