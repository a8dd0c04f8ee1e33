import { z } from "zod";
import { estimateRuns } from "@/lib/runs/money/estimate-runs";
import { pricePerImage } from "@/lib/schemas/costs";
import { admit } from "../../admit";
import { json, readQuery, respond } from "../../respond";

const query = z.object({
  board: z.string().max(100).default("text-to-image"),
  promptCount: z.coerce.number().int().min(1).max(100_000).optional(),
  samplesPerPrompt: z.coerce.number().int().min(1).max(16).default(1),
  pricePerImageUsd: z.coerce.number().pipe(pricePerImage).optional(),
  model: z.string().max(100).optional(),
});

/** GET /api/v1/estimates: what a run would cost. */
export function GET(request: Request): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "site.read");
    return json(await estimateRuns({ ...readQuery(request, query), by }));
  });
}
