import { archivePromptSet } from "@/lib/prompts/archive-prompt-set";
import { readPromptSet } from "@/lib/prompts/read-prompt-set";
import { json, respond } from "../../../../respond";
import { requireSameOrigin } from "../../../../same-origin";
import { readVisitor } from "../../../../visitor";

/** POST /api/v1/prompt-sets/{slug}/archive: put a set of one's own away, all versions of it. */
export function POST(request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  return respond(request, async () => {
    requireSameOrigin(request);
    const { slug } = await params;
    const by = { voterId: await readVisitor(request) };
    await archivePromptSet({ slug, by });
    return json(await readPromptSet({ slug, by }));
  });
}
