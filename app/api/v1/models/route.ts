import { submitEndpoint } from "@/lib/evaluation/submit-endpoint";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { submission } from "@/lib/schemas/submissions";
import { clientAddress } from "../../client-address";
import { json, readBody, respond } from "../../respond";
import { requireSameOrigin } from "../../same-origin";
import { admitVisitor } from "../../visitor";

/** POST /api/v1/models: submit an endpoint; its run starts at once. */
export function POST(request: Request): Promise<Response> {
  return respond(request, async () => {
    requireSameOrigin(request);
    const body = await readBody(request, submission);
    const { voterId, headers } = await admitVisitor(request);
    await takeTurn("submission", { voterId, address: clientAddress(request.headers) });
    return json(await submitEndpoint({ submission: body, voterId }), { status: 201, headers });
  });
}
