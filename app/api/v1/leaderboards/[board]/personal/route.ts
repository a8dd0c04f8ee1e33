import { z } from "zod";
import { personalRankingCsv } from "@/lib/pages/personal-ranking-csv";
import { readPersonalRanking } from "@/lib/pages/read-personal-ranking";
import { admit } from "../../../../admit";
import { json, readQuery, respond } from "../../../../respond";

const query = z.object({ format: z.enum(["json", "csv"]).default("json") });

/** GET /api/v1/leaderboards/{board}/personal?format=json|csv: a board as the caller's own votes rank it. */
export function GET(request: Request, { params }: { params: Promise<{ board: string }> }): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "site.read");
    const { format } = readQuery(request, query);
    const { board } = await params;
    const ranking = await readPersonalRanking({ board, by });
    if (format === "json") return json(ranking);
    return new Response(personalRankingCsv(ranking), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${encodeURIComponent(`${board}-own-ranking`)}.csv"`,
        "cache-control": "no-store",
      },
    });
  });
}
