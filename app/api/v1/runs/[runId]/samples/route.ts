import { takeTurn } from "@/lib/rate-limits/take-turn";
import { exportSamples } from "@/lib/samples/export-samples";
import { clientAddress } from "../../../../client-address";
import { respond } from "../../../../respond";
import { readVisitor } from "../../../../visitor";

/** GET /api/v1/runs/{runId}/samples: a run's samples as they are stored, with a manifest, as a tar archive. */
export function GET(request: Request, { params }: { params: Promise<{ runId: string }> }): Promise<Response> {
  return respond(request, async () => {
    const { runId } = await params;
    const voterId = await readVisitor(request);
    await takeTurn("export", { voterId, address: clientAddress(request.headers) });
    return new Response(await exportSamples({ runId, voterId }), {
      headers: {
        "content-type": "application/x-tar",
        "content-disposition": `attachment; filename="${encodeURIComponent(runId)}.tar"`,
        "cache-control": "no-store",
      },
    });
  });
}
