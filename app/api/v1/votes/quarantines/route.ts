import { listHeldVotes } from "@/lib/votes/checks/list-held-votes";
import { admit } from "../../../admit";
import { json, respond } from "../../../respond";

/** GET /api/v1/votes/quarantines: votes that rules hold back until somebody decides. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => {
    await admit(request, "votes.manage");
    return json({ quarantines: await listHeldVotes({}) });
  });
}
