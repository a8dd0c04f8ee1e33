import { changeComparison } from "@/lib/comparisons/change-comparison";
import { readComparisonResults } from "@/lib/comparisons/read-results";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { comparisonChanges } from "@/lib/schemas/comparisons";
import { admit } from "../../../admit";
import { clientAddress } from "../../../client-address";
import { json, readBody, respond } from "../../../respond";

type Context = { params: Promise<{ comparisonId: string }> };

/** GET /api/v1/comparisons/{comparisonId}: what people say, for who made it. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { voterId } = await admit(request, "site.read");
    return json(await readComparisonResults({ ...(await params), voterId }));
  });
}

/** POST /api/v1/comparisons/{comparisonId}: change it, close it, or open it again. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { voterId, by } = await admit(request, "comparisons.change");
    const changes = await readBody(request, comparisonChanges);
    const ask = { ...(await params), voterId };
    const address = clientAddress(request.headers);
    await takeTurn("comparison-change", { voterId: ask.voterId, address });
    await changeComparison({ ...ask, changes, via: by.via, read: by.read, address });
    return json(await readComparisonResults(ask));
  });
}
