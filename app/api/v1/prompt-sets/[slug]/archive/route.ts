import { archivePromptSet } from "@/lib/prompts/archive-prompt-set";
import { readPromptSet } from "@/lib/prompts/read-prompt-set";
import { admit } from "../../../../admit";
import { json, respond } from "../../../../respond";

/** POST /api/v1/prompt-sets/{slug}/archive: put a set of one's own away, all versions of it. */
export function POST(request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "prompts.edit");
    const { slug } = await params;
    await archivePromptSet({ slug, by });
    return json(await readPromptSet({ slug, by }));
  });
}
