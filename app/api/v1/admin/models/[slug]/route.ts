import { changeManagedModel } from "@/lib/administration/change-model";
import { removeModel } from "@/lib/models/remove-model";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { managedChange } from "@/lib/schemas/administration/managed-models";
import { admit } from "../../../../admit";
import { clientAddress } from "../../../../client-address";
import { json, readBody, respond } from "../../../../respond";

type Context = { params: Promise<{ slug: string }> };

/** Let in who manages all models: also on a personal site, where whoever opens it does. */
async function admitManager(request: Request) {
  const { by, voterId } = await admit(request, "models.manage");
  return { by: { ...by, managesAll: true }, voterId };
}

/** POST /api/v1/admin/models/{slug}: review, hide, show, withdraw or run a model of anybody's. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { by, voterId } = await admitManager(request);
    const change = await readBody(request, managedChange);
    await takeTurn("administration", { voterId, address: clientAddress(request.headers) });
    return json(await changeManagedModel({ slug: (await params).slug, change, by }));
  });
}

/** DELETE /api/v1/admin/models/{slug}: remove a model of anybody's for good. */
export function DELETE(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { by, voterId } = await admitManager(request);
    await takeTurn("administration", { voterId, address: clientAddress(request.headers) });
    await removeModel({ slug: (await params).slug, by });
    return new Response(null, { status: 204 });
  });
}
