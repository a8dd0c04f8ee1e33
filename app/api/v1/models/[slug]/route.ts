import { withModelTexts } from "@/components/caveat-text";
import { editModel } from "@/lib/runs/edit-model";
import { removeModel } from "@/lib/models/remove-model";
import { readModel } from "@/lib/pages/read-model";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { modelChanges } from "@/lib/schemas/submissions";
import { admit } from "../../../admit";
import { clientAddress } from "../../../client-address";
import { json, readBody, respond } from "../../../respond";

type Context = { params: Promise<{ slug: string }> };

/** GET /api/v1/models/{slug} */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "site.read");
    const { slug } = await params;
    return json(withModelTexts(await readModel({ slug, ...by })));
  });
}

/** PATCH /api/v1/models/{slug}: change what is said of a model of one's own, and how it is called. */
export function PATCH(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { voterId, by } = await admit(request, "models.change");
    const changes = await readBody(request, modelChanges);
    const { slug } = await params;
    await takeTurn("model-change", { voterId, address: clientAddress(request.headers) });
    await editModel({ slug, changes, by });
    return json(withModelTexts(await readModel({ slug, ...by })));
  });
}

/** DELETE /api/v1/models/{slug}: remove a model of one's own for good, with its key, runs and images. */
export function DELETE(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { voterId, by } = await admit(request, "models.change");
    const { slug } = await params;
    await takeTurn("model-change", { voterId, address: clientAddress(request.headers) });
    await removeModel({ slug, by });
    return new Response(null, { status: 204 });
  });
}
