import { probeJudge } from "@/lib/judges/probe-judge";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { judgeTest } from "@/lib/schemas/judges/judging";
import { admit } from "../../../admit";
import { clientAddress } from "../../../client-address";
import { json, readBody, respond } from "../../../respond";

/** POST /api/v1/judges/test: ask a judge for one verdict; nothing is stored. */
export function POST(request: Request): Promise<Response> {
  return respond(request, async () => {
    const { voterId } = await admit(request, "judges.add");
    const body = await readBody(request, judgeTest);
    const address = clientAddress(request.headers);
    await takeTurn("connection-test", { voterId, address });
    return json(await probeJudge(body, "visitor", request.signal));
  });
}
