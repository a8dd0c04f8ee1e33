import { withModelTexts } from "@/components/caveat-text";
import { readModel } from "@/lib/pages/read-model";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { watchModel } from "@/lib/runs/drift/watch-model";
import { driftWatch } from "@/lib/schemas/endpoints/drift";
import { admit } from "../../../../admit";
import { clientAddress } from "../../../../client-address";
import { json, readBody, respond } from "../../../../respond";

type Context = { params: Promise<{ slug: string }> };

/** POST /api/v1/models/{slug}/drift: how often it is looked whether the model behind a name is another. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { voterId, by } = await admit(request, "models.change");
    const { everyDays } = await readBody(request, driftWatch);
    const { slug } = await params;
    await takeTurn("model-change", { voterId, address: clientAddress(request.headers) });
    await watchModel({ slug, by, everyDays });
    return json(withModelTexts(await readModel({ slug, ...by })));
  });
}
