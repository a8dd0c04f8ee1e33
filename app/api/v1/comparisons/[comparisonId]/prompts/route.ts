import { z } from "zod";
import { readComparedPrompts } from "@/lib/comparisons/read-compared-prompts";
import { DISAGREEMENTS } from "@/lib/schemas/comparisons";
import { admit } from "../../../../admit";
import { json, readQuery, respond } from "../../../../respond";

const query = z.object({
  first: z.string().max(60),
  second: z.string().max(60),
  category: z.string().max(200).optional(),
  disagreement: z.enum(DISAGREEMENTS).default("all"),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});

/** GET /api/v1/comparisons/{comparisonId}/prompts?first=&second=: two runs prompt by prompt, for who made the comparison. */
export function GET(
  request: Request,
  { params }: { params: Promise<{ comparisonId: string }> },
): Promise<Response> {
  return respond(request, async () => {
    const { voterId } = await admit(request, "site.read");
    const ask = { ...readQuery(request, query), ...(await params), voterId };
    return json(await readComparedPrompts(ask));
  });
}
