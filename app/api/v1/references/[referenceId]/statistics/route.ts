import { exportStatistics } from "@/lib/references/export-statistics";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { admit } from "../../../../admit";
import { clientAddress } from "../../../../client-address";
import { respond } from "../../../../respond";

/** GET /api/v1/references/{referenceId}/statistics: mu and sigma as a .npz that pytorch-fid's tools read. */
export function GET(
  request: Request,
  { params }: { params: Promise<{ referenceId: string }> },
): Promise<Response> {
  return respond(request, async () => {
    const { voterId } = await admit(request, "site.read");
    await takeTurn("export", {
      voterId,
      address: clientAddress(request.headers),
    });
    const { fileName, bytes } = await exportStatistics((await params).referenceId);
    return new Response(Uint8Array.from(bytes), {
      headers: {
        "content-type": "application/octet-stream",
        "content-disposition": `attachment; filename="${fileName}"`,
        "cache-control": "no-store",
      },
    });
  });
}
