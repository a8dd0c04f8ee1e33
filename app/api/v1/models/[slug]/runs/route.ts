import { takeTurn } from "@/lib/rate-limits/take-turn";
import { startAnotherRun } from "@/lib/runs/start-another-run";
import { runRequest } from "@/lib/schemas/submissions";
import { clientAddress } from "../../../../client-address";
import { json, readBody, respond } from "../../../../respond";
import { requireSameOrigin } from "../../../../same-origin";
import { readVisitor } from "../../../../visitor";

type Context = { params: Promise<{ slug: string }> };

/** POST /api/v1/models/{slug}/runs: run a model of one's own once more. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    requireSameOrigin(request);
    const wanted = await readBody(request, runRequest);
    const voterId = await readVisitor(request);
    await takeTurn("submission", { voterId, address: clientAddress(request.headers) });
    const { slug } = await params;
    return json(await startAnotherRun({ slug, wanted, by: { voterId } }), { status: 201 });
  });
}
