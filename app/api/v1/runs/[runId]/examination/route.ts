import { withExaminationTexts } from "@/components/caveat-text";
import { readExamination } from "@/lib/diagnostics/read-diagnostics";
import { json, respond } from "../../../../respond";
import { readVisitor } from "../../../../visitor";

/** GET /api/v1/runs/{runId}/examination: further metrics, sample-size curve, neighbours, input forensics. */
export function GET(request: Request, { params }: { params: Promise<{ runId: string }> }): Promise<Response> {
  return respond(request, async () => {
    const { runId } = await params;
    return json(withExaminationTexts(await readExamination({ runId, voterId: await readVisitor(request) })));
  });
}
