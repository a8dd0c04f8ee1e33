import { withDemotionTexts } from "@/components/judges/standing-text";
import { changeJudge, removeJudge } from "@/lib/judges/change-judge";
import { listJudges } from "@/lib/judges/list-judges";
import { judgeChange } from "@/lib/schemas/judging";
import { json, readBody, respond } from "../../../respond";
import { requireSameOrigin } from "../../../same-origin";
import { readVisitor } from "../../../visitor";

type Context = { params: Promise<{ judgeId: string }> };

/** POST /api/v1/judges/{judgeId}: pause, resume, judge everything, or another budget. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    requireSameOrigin(request);
    const change = await readBody(request, judgeChange);
    const voterId = await readVisitor(request);
    await changeJudge({ judgeId: (await params).judgeId, change, by: { voterId } });
    return json(withDemotionTexts(await listJudges({ voterId })));
  });
}

/** DELETE /api/v1/judges/{judgeId}: remove a judge of one's own, with all it has said. */
export function DELETE(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    requireSameOrigin(request);
    const voterId = await readVisitor(request);
    await removeJudge({ judgeId: (await params).judgeId, by: { voterId } });
    return new Response(null, { status: 204 });
  });
}
