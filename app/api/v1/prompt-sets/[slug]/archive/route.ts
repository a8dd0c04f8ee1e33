import { archivePromptSet } from "@/lib/prompts/archive-prompt-set";
import { readPromptSet } from "@/lib/prompts/read-prompt-set";
import { admit } from "../../../../admit";
import { json, respond } from "../../../../respond";

type Context = { params: Promise<{ slug: string }> };

/** POST /api/v1/prompt-sets/{slug}/archive: put a set of one's own away, all versions of it. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return setArchived(request, params, true);
}

/** DELETE /api/v1/prompt-sets/{slug}/archive: bring it back. */
export function DELETE(request: Request, { params }: Context): Promise<Response> {
  return setArchived(request, params, false);
}

function setArchived(request: Request, params: Context["params"], archived: boolean): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "prompts.edit");
    const { slug } = await params;
    await archivePromptSet({ slug, by, archived });
    return json(await readPromptSet({ slug, by }));
  });
}
