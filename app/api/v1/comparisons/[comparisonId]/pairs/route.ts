import { nextPair } from "@/lib/comparisons/next-pair";
import { noComparison } from "@/lib/comparisons/require-comparison";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { pairRequest } from "@/lib/schemas/comparisons";
import { admit } from "../../../../admit";
import { clientAddress } from "../../../../client-address";
import { json, readBody, respond } from "../../../../respond";

/** POST /api/v1/comparisons/{comparisonId}/pairs: the next pair to vote on. */
export function POST(
  request: Request,
  { params }: { params: Promise<{ comparisonId: string }> },
): Promise<Response> {
  return respond(request, async () => {
    const { voterId } = await admit(request, "comparisons.vote");
    const { besides } = await readBody(request, pairRequest);
    await takeTurn("battle", { voterId, address: clientAddress(request.headers) });
    if (voterId === null) throw noComparison();
    return json(await nextPair({ ...(await params), voterId, besides }));
  });
}
