import { z } from "zod";
import { exportPromptSet } from "@/lib/prompts/export-prompt-set";
import { takeTurn } from "@/lib/rate-limits/take-turn";
import { admit } from "../../../../admit";
import { clientAddress } from "../../../../client-address";
import { readQuery, respond } from "../../../../respond";
import { streamOf } from "../../../../stream-of";

const query = z.object({ format: z.enum(["csv", "jsonl"]).default("csv") });

const MEDIA_TYPES = { csv: "text/csv; charset=utf-8", jsonl: "application/jsonl; charset=utf-8" } as const;

/** GET /api/v1/prompt-sets/{slug}/export?format=csv|jsonl: all its prompts, as the import reads them. */
export function GET(request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  return respond(request, async () => {
    const { voterId, by } = await admit(request, "site.read");
    const { slug } = await params;
    const { format } = readQuery(request, query);
    await takeTurn("export", { voterId, address: clientAddress(request.headers) });
    const pieces = await exportPromptSet({ slug, format, by });
    return new Response(streamOf(pieces), {
      headers: {
        "content-type": MEDIA_TYPES[format],
        "content-disposition": `attachment; filename="${encodeURIComponent(slug)}.${format}"`,
        "cache-control": "no-store",
      },
    });
  });
}
