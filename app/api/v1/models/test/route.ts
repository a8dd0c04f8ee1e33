import { testConnection } from "@/lib/models/test-connection";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { connectionTest } from "@/lib/schemas/submissions";
import { admit } from "../../../admit";
import { clientAddress } from "../../../client-address";
import { json, readBody, respond } from "../../../respond";

/** POST /api/v1/models/test: generate one sample and show it; nothing is stored. */
export function POST(request: Request): Promise<Response> {
  return respond(request, async () => {
    const { voterId } = await admit(request, "models.submit");
    const body = await readBody(request, connectionTest);
    const address = clientAddress(request.headers);
    await takeTurn("connection-test", { voterId, address });
    return json(await testConnection(body, "visitor", request.signal));
  });
}
