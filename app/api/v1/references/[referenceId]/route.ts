import { withReferenceText } from "@/components/references/failure-text";
import { chooseReference, retireReference } from "@/lib/references/choose-reference";
import { readReference } from "@/lib/references/list-references";
import { removeReference } from "@/lib/references/remove-reference";
import { referenceUse } from "@/lib/schemas/examination";
import { admit } from "../../../admit";
import { json, readBody, respond } from "../../../respond";

type Context = { params: Promise<{ referenceId: string }> };

/** GET /api/v1/references/{referenceId}: one set, and how far its building is. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "site.read");
    const { referenceId } = await params;
    return json(withReferenceText(await readReference({ referenceId, ...by })));
  });
}

/** POST /api/v1/references/{referenceId}: score runs with a set from now on, or no run any more. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "references.use");
    const { action } = await readBody(request, referenceUse);
    const { referenceId } = await params;
    await (action === "use" ? chooseReference : retireReference)({ referenceId, by });
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
