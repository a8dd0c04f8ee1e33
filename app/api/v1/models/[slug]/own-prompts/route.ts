import { withModelTexts } from "@/components/caveat-text";
import { allowOwnPrompts } from "@/lib/models/own-prompts";
import { readModel } from "@/lib/pages/read-model";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { ownPrompts } from "@/lib/schemas/submissions";
import { admit } from "../../../../admit";
import { clientAddress } from "../../../../client-address";
import { json, readBody, respond } from "../../../../respond";

type Context = { params: Promise<{ slug: string }> };

/** POST /api/v1/models/{slug}/own-prompts: how often a day visitors' own prompts may call a model of one's own. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "models.change");
    const { perDay } = await readBody(request, ownPrompts);
    const ask = { slug: (await params).slug, ...by };
    await takeTurn("model-change", { voterId: ask.voterId, address: clientAddress(request.headers) });
    await allowOwnPrompts({ ...ask, perDay });
    return json(withModelTexts(await readModel(ask)));
  });
}
