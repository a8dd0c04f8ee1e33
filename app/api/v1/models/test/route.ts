import { PROBE_CALLS } from "@/lib/models/probe/probe-calls";
import { testConnection } from "@/lib/models/test-connection";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { connectionTest } from "@/lib/schemas/submissions";
import { admit } from "../../../admit";
import { clientAddress } from "../../../client-address";
import { readBody, respond, slowJson } from "../../../respond";
import { admitVisitor } from "../../../visitor";

/** POST /api/v1/models/test: have an endpoint draw three images; how it ended is kept for a day, for who submits it. */
export function POST(request: Request): Promise<Response> {
  return respond(request, async () => {
    const caller = await admit(request, "models.submit");
    const input = await readBody(request, connectionTest);
    const { voterId, headers } = await admitVisitor(request, caller);
    await takeTurn("connection-test", { voterId, address: clientAddress(request.headers) }, PROBE_CALLS);
    return slowJson(testConnection({ input, voterId }, { signal: request.signal }), { headers });
  });
}
