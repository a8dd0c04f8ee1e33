import { revokeRunLink } from "@/lib/runs/run-links";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { admit } from "../../../../../admit";
import { clientAddress } from "../../../../../client-address";
import { respond } from "../../../../../respond";

type Context = { params: Promise<{ runId: string; link: string }> };

/** DELETE /api/v1/runs/{runId}/links/{link}: from now on it shows nothing. */
export function DELETE(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { by, voterId } = await admit(request, "runs.share");
    await takeTurn("link-change", { voterId, address: clientAddress(request.headers) });
    await revokeRunLink({ ...(await params), by });
    return new Response(null, { status: 204 });
  });
}
