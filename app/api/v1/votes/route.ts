import { castVote } from "@/lib/battles/cast-vote";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { voteRequest } from "@/lib/schemas/battles";
import { voteCursor, voteFilter } from "@/lib/schemas/administration/vote-admin";
import { listVotes } from "@/lib/votes/list-votes";
import { admit } from "../../admit";
import { clientAddress } from "../../client-address";
import { json, readBody, readQuery, respond } from "../../respond";

const query = voteFilter.extend({ before: voteCursor.optional() });

/** GET /api/v1/votes: a board's votes, a page at a time. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => {
    await admit(request, "votes.manage");
    const { before, ...filter } = readQuery(request, query);
    return json(await listVotes({ filter, before }));
  });
}

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
