import { takeTurn } from "@/lib/rate-limits/take-turn";
import { exportSamples } from "@/lib/samples/export-samples";
import { admit } from "../../../../admit";
import { clientAddress } from "../../../../client-address";
import { samplesResponse } from "../../../../samples-response";
import { respond } from "../../../../respond";

/** GET /api/v1/runs/{runId}/samples: a run's samples as they are stored, with a manifest, as a tar archive. */
export function GET(request: Request, { params }: { params: Promise<{ runId: string }> }): Promise<Response> {
  return respond(request, async () => {
    const { voterId, by } = await admit(request, "site.read");
    const { runId } = await params;
    await takeTurn("export", { voterId, address: clientAddress(request.headers) });
    return samplesResponse(runId, await exportSamples({ runId, ...by }));
  });
}
