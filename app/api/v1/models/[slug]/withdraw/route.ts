import { withModelTexts } from "@/components/caveat-text";
import { withdrawModel } from "@/lib/models/withdraw-model";
import { readModel } from "@/lib/pages/read-model";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { admit } from "../../../../admit";
import { clientAddress } from "../../../../client-address";
import { json, respond } from "../../../../respond";

type Context = { params: Promise<{ slug: string }> };

/** POST /api/v1/models/{slug}/withdraw: take a model of one's own out of arena and board; its votes stay in the log. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "models.change");
    const ask = { slug: (await params).slug, ...by };
    await takeTurn("model-change", { voterId: ask.voterId, address: clientAddress(request.headers) });
    await withdrawModel(ask);
    return json(withModelTexts(await readModel(ask)));
  });
}
