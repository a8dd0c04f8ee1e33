import { withStandingTexts } from "@/components/judges/standing-text";
import { changeJudge, removeJudge } from "@/lib/judges/change-judge";
import { listJudges } from "@/lib/judges/list-judges";
import { judgeChange } from "@/lib/schemas/judges/judging";
import { admit } from "../../../admit";
import { json, readBody, respond } from "../../../respond";

type Context = { params: Promise<{ judgeId: string }> };

/** POST /api/v1/judges/{judgeId}: pause, resume, judge everything, or another budget. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "judges.change");
    const change = await readBody(request, judgeChange);
    await changeJudge({ judgeId: (await params).judgeId, change, by });
    return json(withStandingTexts(await listJudges(by)));
  });
}

/** DELETE /api/v1/judges/{judgeId}: remove a judge of one's own, with all it has said. */
export function DELETE(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "judges.change");
    await removeJudge({ judgeId: (await params).judgeId, by });
    return new Response(null, { status: 204 });
  });
}
