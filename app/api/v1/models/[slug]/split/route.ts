import { withModelTexts } from "@/components/caveat-text";
import { readModel } from "@/lib/pages/read-model";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { splitModel } from "@/lib/runs/drift/split-model";
import { admit } from "../../../../admit";
import { clientAddress } from "../../../../client-address";
import { json, respond } from "../../../../respond";

type Context = { params: Promise<{ slug: string }> };

/** POST /api/v1/models/{slug}/split: begin a new version of a model that was found changed. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { voterId, by } = await admit(request, "models.change");
    const { slug } = await params;
    await takeTurn("model-change", { voterId, address: clientAddress(request.headers) });
    await splitModel({ slug, by });
    return json(withModelTexts(await readModel({ slug, ...by })));
  });
}
