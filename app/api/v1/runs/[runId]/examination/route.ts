import { withExaminationTexts } from "@/components/caveat-text";
import { readExamination } from "@/lib/diagnostics/read-diagnostics";
import { admit } from "../../../../admit";
import { json, respond } from "../../../../respond";

/** GET /api/v1/runs/{runId}/examination: further metrics, sample-size curve, neighbours, input forensics. */
export function GET(request: Request, { params }: { params: Promise<{ runId: string }> }): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "site.read");
    const { runId } = await params;
    return json(withExaminationTexts(await readExamination({ runId, ...by })));
  });
}
