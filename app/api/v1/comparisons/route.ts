import { createComparison } from "@/lib/comparisons/create-comparison";
import { listComparisons } from "@/lib/comparisons/list-comparisons";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { comparisonCreation } from "@/lib/schemas/comparisons";
import { admit } from "../../admit";
import { clientAddress } from "../../client-address";
import { json, readBody, respond } from "../../respond";
import { admitVisitor } from "../../visitor";

/** GET /api/v1/comparisons: one's own. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => {
    const { voterId } = await admit(request, "site.read");
    return json({ comparisons: await listComparisons({ voterId }) });
  });
}

/** POST /api/v1/comparisons: make a private vote between runs; its first link is shown this once. */
export function POST(request: Request): Promise<Response> {
  return respond(request, async () => {
    const caller = await admit(request, "comparisons.create");
    const comparison = await readBody(request, comparisonCreation);
    const { voterId, headers } = await admitVisitor(request, caller);
    const address = clientAddress(request.headers);
    await takeTurn("comparison-change", { voterId, address });
    const made = await createComparison({
      comparison,
      voterId,
      via: caller.by.via,
      address,
      now: Date.now(),
    });
    return json(made, { status: 201, headers });
  });
}
