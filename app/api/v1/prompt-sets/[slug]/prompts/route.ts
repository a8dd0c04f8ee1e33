import { z } from "zod";
import { listSetPrompts } from "@/lib/prompts/list-set-prompts";
import { admit } from "../../../../admit";
import { json, readQuery, respond } from "../../../../respond";

const query = z.object({
  category: z.string().max(100).optional(),
  tag: z.string().max(100).optional(),
  text: z.string().max(200).optional(),
  from: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** GET /api/v1/prompt-sets/{slug}/prompts: its prompts in their order, a page at a time. */
export function GET(request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "site.read");
    const { slug } = await params;
    const ask = readQuery(request, query);
    return json(await listSetPrompts({ ...ask, slug, by }));
  });
}
