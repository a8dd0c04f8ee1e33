import { takeTurn } from "@/lib/rate-limits/take-turn";
import { openRunLink } from "@/lib/runs/run-links";
import { exportSamples } from "@/lib/samples/export-samples";
import { admit } from "../../../../admit";
import { clientAddress } from "../../../../client-address";
import { samplesResponse } from "../../../../samples-response";
import { respond } from "../../../../respond";

/** GET /api/v1/shared-runs/{token}/samples: the samples of the run that a secret link shows, with a manifest, as a tar archive. */
export function GET(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  return respond(request, async () => {
    const { voterId } = await admit(request, "links.open");
    const { runId } = await openRunLink((await params).token);
    await takeTurn("export", { voterId, address: clientAddress(request.headers) });
    return samplesResponse(runId, await exportSamples({ runId, voterId: null, linkedRun: runId }));
  });
}
