import { removePromptSet } from "@/lib/prompts/archive-prompt-set";
import { readPromptSet } from "@/lib/prompts/read-prompt-set";
import { json, respond } from "../../../respond";
import { requireSameOrigin } from "../../../same-origin";
import { readVisitor } from "../../../visitor";

type Context = { params: Promise<{ slug: string }> };

/** GET /api/v1/prompt-sets/{slug}: one version of a prompt set. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { slug } = await params;
    return json(await readPromptSet({ slug, by: { voterId: await readVisitor(request) } }));
  });
}

/** DELETE /api/v1/prompt-sets/{slug}: remove a version of one's own that nothing uses. */
export function DELETE(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    requireSameOrigin(request);
    const { slug } = await params;
    await removePromptSet({ slug, by: { voterId: await readVisitor(request) } });
    return new Response(null, { status: 204 });
  });
}
