import { withStandingTexts } from "@/components/judges/standing-text";
import { addJudge } from "@/lib/judges/add-judge";
import { listJudges } from "@/lib/judges/list-judges";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { judgeSubmission } from "@/lib/schemas/judges/judging";
import { admit } from "../../admit";
import { clientAddress } from "../../client-address";
import { json, readBody, respond } from "../../respond";
import { admitVisitor } from "../../visitor";

/** GET /api/v1/judges: the judges, how far they are, and the rubrics. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "site.read");
    return json(withStandingTexts(await listJudges(by)));
  });
}

/** POST /api/v1/judges: add a judge; it is tried first, then judges the published runs. */
export function POST(request: Request): Promise<Response> {
  return respond(request, async () => {
    const caller = await admit(request, "judges.add");
    const submission = await readBody(request, judgeSubmission);
    const { voterId, headers } = await admitVisitor(request, caller);
    const address = clientAddress(request.headers);
    await takeTurn("submission", { voterId, address });
    return json(await addJudge({ submission, ownerId: voterId, via: caller.by.via, address }), {
      status: 201,
      headers,
    });
  });
}
