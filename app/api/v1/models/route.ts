import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { submission } from "@/lib/schemas/submissions";
import { admit } from "../../admit";
import { clientAddress } from "../../client-address";
import { json, readBody, respond } from "../../respond";
import { admitVisitor } from "../../visitor";

/** POST /api/v1/models: submit an endpoint; its run starts at once. */
export function POST(request: Request): Promise<Response> {
  return respond(request, async () => {
    const caller = await admit(request, "models.submit");
    const body = await readBody(request, submission);
    const { voterId, headers } = await admitVisitor(request, caller);
    const address = clientAddress(request.headers);
    await takeTurn("submission", { voterId, address });
    return json(await submitEndpoint({ ...caller.by, submission: body, voterId, address }), {
      status: 201,
      headers,
    });
  });
}
