import { castVote } from "@/lib/battles/cast-vote";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { voteRequest } from "@/lib/schemas/battles";
import { admit } from "../../admit";
import { clientAddress } from "../../client-address";
import { json, readBody, respond } from "../../respond";

/** POST /api/v1/votes: count a vote, once, and say who made the two images. */
export function POST(request: Request): Promise<Response> {
  return respond(request, async () => {
    const { voterId } = await admit(request, "votes.cast");
    const vote = await readBody(request, voteRequest);
    const address = clientAddress(request.headers);
    await takeTurn("vote", { voterId, address });
    return json(await castVote({ ...vote, voterId, address }));
  });
}
