import { z } from "zod";
import { compareRuns, requestComparison } from "@/lib/diagnostics/compare-runs";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { admit } from "../../../../admit";
import { clientAddress } from "../../../../client-address";
import { json, readQuery, respond } from "../../../../respond";

const query = z.object({ against: z.string().max(60) });
type Context = { params: Promise<{ runId: string }> };

/** GET /api/v1/runs/{runId}/compare?against=: this run minus another, metric by metric, over the prompts that both have. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { voterId } = await admit(request, "site.read");
    const { runId } = await params;
    const { against } = readQuery(request, query);
    return json(await compareRuns({ runId, against, voterId }));
  });
}

/** POST /api/v1/runs/{runId}/compare?against=: have that computed, where it is not there yet. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { voterId } = await admit(request, "runs.compare");
    const { runId } = await params;
    const { against } = readQuery(request, query);
    const address = clientAddress(request.headers);
    await takeTurn("comparison", { voterId, address });
    return json(await requestComparison({ runId, against, voterId, address }));
  });
}
