import { takeTurn } from "@/lib/rate-limits/take-turn";
import { drawingRequest } from "@/lib/schemas/stack/drawings";
import { startDrawing } from "@/lib/demos/start-drawing";
import { admit } from "../../admit";
import { clientAddress } from "../../client-address";
import { json, readBody, respond } from "../../respond";
import { admitVisitor } from "../../visitor";

/** POST /api/v1/drawings: have a visitor's prompt drawn by every bundled model. */
export function POST(request: Request): Promise<Response> {
  return respond(request, async () => {
    const caller = await admit(request, "prompts.ask");
    const body = await readBody(request, drawingRequest);
    const { voterId, headers } = await admitVisitor(request, caller);
    const address = clientAddress(request.headers);
    await takeTurn("drawing", { voterId, address });
    return json(await startDrawing({ ...body, voterId, address }), { status: 201, headers });
  });
}
