import { testConnection } from "@/lib/models/test-connection";
import { requireOpen, submissionPolicy } from "@/lib/models/submission-policy";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { connectionTest } from "@/lib/schemas/submissions";
import { clientAddress } from "../../../client-address";
import { json, readBody, respond } from "../../../respond";
import { requireSameOrigin } from "../../../same-origin";
import { readVisitor } from "../../../visitor";

/** POST /api/v1/models/test: generate one sample and show it; nothing is stored. */
export function POST(request: Request): Promise<Response> {
  return respond(request, async () => {
    requireSameOrigin(request);
    requireOpen(submissionPolicy());
    const body = await readBody(request, connectionTest);
    const address = clientAddress(request.headers);
    await takeTurn("connection-test", { voterId: await readVisitor(request), address });
    return json(await testConnection(body, "visitor", request.signal));
  });
}
