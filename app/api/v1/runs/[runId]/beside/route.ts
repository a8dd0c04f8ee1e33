import { z } from "zod";
import { readBeside } from "@/lib/diagnostics/read-beside";
import { BESIDE_SORTS } from "@/lib/schemas/run-beside";
import { admit } from "../../../../admit";
import { json, readQuery, respond } from "../../../../respond";

const query = z.object({
  against: z.string().max(60),
  category: z.string().max(200).optional(),
  sort: z.enum(BESIDE_SORTS).default("prompt"),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});

/** GET /api/v1/runs/{runId}/beside?against=&category=&sort=&offset=: the samples of two runs beside each other, prompt by prompt. */
export function GET(request: Request, { params }: { params: Promise<{ runId: string }> }): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "site.read");
    const { runId } = await params;
    const ask = readQuery(request, query);
    return json(await readBeside({ runId, ...ask, ...by }));
  });
}
