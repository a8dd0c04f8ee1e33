import { removePromptSet } from "@/lib/prompts/archive-prompt-set";
import { readPromptSet } from "@/lib/prompts/read-prompt-set";
import { admit } from "../../../admit";
import { json, respond } from "../../../respond";

type Context = { params: Promise<{ slug: string }> };

/** GET /api/v1/prompt-sets/{slug}: one version of a prompt set. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "site.read");
    const { slug } = await params;
    return json(await readPromptSet({ slug, by }));
  });
}

/** DELETE /api/v1/prompt-sets/{slug}: remove a version of one's own that nothing uses. */
export function DELETE(request: Request, { params }: Context): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "prompts.edit");
    const { slug } = await params;
    await removePromptSet({ slug, by });
    return new Response(null, { status: 204 });
  });
}
