import { revokeComparisonInvite } from "@/lib/comparisons/invites";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { admit } from "../../../../../admit";
import { clientAddress } from "../../../../../client-address";
import { respond } from "../../../../../respond";

/** DELETE /api/v1/comparisons/{comparisonId}/invites/{invite}: revoke a link. */
export function DELETE(
  request: Request,
  { params }: { params: Promise<{ comparisonId: string; invite: string }> },
): Promise<Response> {
  return respond(request, async () => {
    const { voterId, by } = await admit(request, "comparisons.change");
    await takeTurn("comparison-change", { voterId, address: clientAddress(request.headers) });
    await revokeComparisonInvite({ ...(await params), voterId, via: by.via });
    return new Response(null, { status: 204 });
  });
}
