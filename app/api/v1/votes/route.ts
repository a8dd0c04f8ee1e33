import { castVote } from "@/lib/battles/cast-vote";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { voteRequest } from "@/lib/schemas/battles";
import { clientAddress } from "../../client-address";
import { json, readBody, respond } from "../../respond";
import { requireSameOrigin } from "../../same-origin";
import { readVisitor } from "../../visitor";

/** POST /api/v1/votes: count a vote, once, and say who made the two images. */
export function POST(request: Request): Promise<Response> {
  return respond(request, async () => {
    requireSameOrigin(request);
    const vote = await readBody(request, voteRequest);
    const voterId = await readVisitor(request);
    const address = clientAddress(request.headers);
    await takeTurn("vote", { voterId, address });
    return json(await castVote({ ...vote, voterId, address }));
  });
}
