import { withRunTexts } from "@/components/runs/run-text";
import { readRun } from "@/lib/pages/read-run";
import { admit } from "../../../admit";
import { json, respond } from "../../../respond";

/** GET /api/v1/runs/{runId}: how a run is getting on. */
export function GET(request: Request, { params }: { params: Promise<{ runId: string }> }): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "site.read");
    const { runId } = await params;
    return json(withRunTexts(await readRun({ runId, ...by })));
  });
}
