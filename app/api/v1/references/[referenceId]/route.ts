import { withReferenceText } from "@/components/references/failure-text";
import { readReference } from "@/lib/references/list-references";
import { removeReference } from "@/lib/references/remove-reference";
import { admit } from "../../../admit";
import { json, respond } from "../../../respond";

type Context = { params: Promise<{ referenceId: string }> };

/** GET /api/v1/references/{referenceId}: one set, and how far its building is. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "site.read");
    const { referenceId } = await params;
    return json(withReferenceText(await readReference({ referenceId, ...by })));
  });
}

/** DELETE /api/v1/references/{referenceId}: remove a set of one's own. */
export function DELETE(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "references.remove");
    const { referenceId } = await params;
    await removeReference({ referenceId, by });
    return new Response(null, { status: 204 });
  });
}
