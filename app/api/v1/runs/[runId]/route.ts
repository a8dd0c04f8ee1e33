import { withRunTexts } from "@/components/caveat-text";
import { readRun } from "@/lib/pages/read-run";
import { json, respond } from "../../../respond";
import { readVisitor } from "../../../visitor";

/** GET /api/v1/runs/{runId}: how a run is getting on. */
export function GET(request: Request, { params }: { params: Promise<{ runId: string }> }): Promise<Response> {
  return respond(request, async () => {
    const { runId } = await params;
    return json(withRunTexts(await readRun({ runId, voterId: await readVisitor(request) })));
  });
}
