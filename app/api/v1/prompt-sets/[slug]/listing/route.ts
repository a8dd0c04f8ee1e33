import { listPromptSet } from "@/lib/prompts/archive-prompt-set";
import { readPromptSet } from "@/lib/prompts/read-prompt-set";
import { promptSetListing } from "@/lib/schemas/prompt-sets";
import { admit } from "../../../../admit";
import { json, readBody, respond } from "../../../../respond";

/** POST /api/v1/prompt-sets/{slug}/listing: show a set to everybody, or to its owner alone, all versions of it. */
export function POST(request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "prompts.list");
    const { listed } = await readBody(request, promptSetListing);
    const { slug } = await params;
    await listPromptSet({ slug, listed, by });
    return json(await readPromptSet({ slug, by }));
  });
}
