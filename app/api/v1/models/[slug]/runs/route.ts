import { takeTurn } from "@/lib/rate-limits/take-turn";
import { startAnotherRun } from "@/lib/runs/start-another-run";
import { runRequest } from "@/lib/schemas/submissions";
import { admit } from "../../../../admit";
import { clientAddress } from "../../../../client-address";
import { json, readBody, respond } from "../../../../respond";

type Context = { params: Promise<{ slug: string }> };

/** POST /api/v1/models/{slug}/runs: run a model of one's own once more. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { voterId, by } = await admit(request, "runs.start");
    const wanted = await readBody(request, runRequest);
    await takeTurn("submission", { voterId, address: clientAddress(request.headers) });
    const { slug } = await params;
    return json(await startAnotherRun({ slug, wanted, by }), { status: 201 });
  });
}
