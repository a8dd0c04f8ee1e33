import { probeJudge } from "@/lib/judges/probe-judge";
import { requireOpen, submissionPolicy } from "@/lib/models/submission-policy";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { judgeTest } from "@/lib/schemas/judging";
import { clientAddress } from "../../../client-address";
import { json, readBody, respond } from "../../../respond";
import { requireSameOrigin } from "../../../same-origin";
import { readVisitor } from "../../../visitor";

/** POST /api/v1/judges/test: ask a judge for one verdict; nothing is stored. */
export function POST(request: Request): Promise<Response> {
  return respond(request, async () => {
    requireSameOrigin(request);
    requireOpen(submissionPolicy());
    const body = await readBody(request, judgeTest);
    const address = clientAddress(request.headers);
    await takeTurn("connection-test", { voterId: await readVisitor(request), address });
    return json(await probeJudge(body, "visitor", request.signal));
  });
}
