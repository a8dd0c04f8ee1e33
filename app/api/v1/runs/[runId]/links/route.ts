import { createRunLink, listRunLinks } from "@/lib/runs/run-links";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { runLinkCreation } from "@/lib/schemas/run-links";
import { admit } from "../../../../admit";
import { clientAddress } from "../../../../client-address";
import { json, readBody, respond } from "../../../../respond";

type Context = { params: Promise<{ runId: string }> };

/** GET /api/v1/runs/{runId}/links: its secret links, for who submitted it. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "site.read");
    return json({ links: await listRunLinks({ ...(await params), by }) });
  });
}

/** POST /api/v1/runs/{runId}/links: make one; it is told this once. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { by, voterId } = await admit(request, "runs.share");
    const link = await readBody(request, runLinkCreation);
    await takeTurn("link-change", { voterId, address: clientAddress(request.headers) });
    return json(await createRunLink({ ...(await params), by, link, now: Date.now() }), { status: 201 });
  });
}
