import { readReference } from "@/lib/references/list-references";
import { removeReference } from "@/lib/references/remove-reference";
import { json, respond } from "../../../respond";
import { requireSameOrigin } from "../../../same-origin";
import { readVisitor } from "../../../visitor";

type Context = { params: Promise<{ referenceId: string }> };

/** GET /api/v1/references/{referenceId}: one set, and how far its building is. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { referenceId } = await params;
    return json(await readReference({ referenceId, voterId: await readVisitor(request) }));
  });
}

/** DELETE /api/v1/references/{referenceId}: remove a set of one's own. */
export function DELETE(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    requireSameOrigin(request);
    const { referenceId } = await params;
    await removeReference({ referenceId, voterId: await readVisitor(request) });
    return new Response(null, { status: 204 });
  });
}
