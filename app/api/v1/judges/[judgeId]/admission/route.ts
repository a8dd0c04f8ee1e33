import { withStandingTexts } from "@/components/judges/standing-text";
import { admitJudge } from "@/lib/judges/admit-judge";
import { listJudges } from "@/lib/judges/list-judges";
import { judgeAdmission } from "@/lib/schemas/judges/judging";
import { admit } from "../../../../admit";
import { json, readBody, respond } from "../../../../respond";

type Context = { params: Promise<{ judgeId: string }> };

/** POST /api/v1/judges/{judgeId}/admission: admit a visitor's judge to the public boards, or take that back. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "judges.admit");
    const { admitted } = await readBody(request, judgeAdmission);
    await admitJudge({ judgeId: (await params).judgeId, admitted, by });
    return json(withStandingTexts(await listJudges(by)));
  });
}
