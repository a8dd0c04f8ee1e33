import { withRunTexts } from "@/components/runs/run-text";
import { readSharedRun } from "@/lib/pages/read-shared-run";
import { admit } from "../../../admit";
import { json, respond } from "../../../respond";

/** GET /api/v1/shared-runs/{token}: the run that a secret link shows. */
export function GET(request: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  return respond(request, async () => {
    await admit(request, "links.open");
    return json(withRunTexts(await readSharedRun(await params)));
  });
}
