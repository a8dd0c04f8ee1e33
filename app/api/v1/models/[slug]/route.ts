import { readModel } from "@/lib/leaderboard/read-model";
import { json, respond } from "../../../respond";
import { readVisitor } from "../../../visitor";

/** GET /api/v1/models/{slug} */
export function GET(request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  return respond(request, async () => {
    const { slug } = await params;
    return json(await readModel({ slug, voterId: await readVisitor(request) }));
  });
}
