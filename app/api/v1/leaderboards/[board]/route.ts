import { z } from "zod";
import { leaderboardCsv } from "@/lib/leaderboard/leaderboard-csv";
import { readLeaderboard } from "@/lib/leaderboard/read-leaderboard";
import { json, readQuery, respond } from "../../../respond";

const query = z.object({
  category: z.string().max(100).optional(),
  style: z.enum(["as-voted", "controlled"]).default("as-voted"),
  own: z.string().max(2000).optional(),
  format: z.enum(["json", "csv"]).default("json"),
});

/** GET /api/v1/leaderboards/{board}?category=&style=as-voted|controlled&own=name=formula;...&format=json|csv */
export function GET(request: Request, { params }: { params: Promise<{ board: string }> }): Promise<Response> {
  return respond(request, async () => {
    const { category, style, own, format } = readQuery(request, query);
    const { board } = await params;
    const leaderboard = await readLeaderboard({ board, category, style, own });
    if (format === "json") return json(leaderboard);
    const controlled = leaderboard.styleControl?.fitted ? "style-controlled" : null;
    const name = [board, category, controlled].filter(Boolean).join("-");
    return new Response(leaderboardCsv(leaderboard), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${encodeURIComponent(name)}.csv"`,
        "cache-control": "no-store",
      },
    });
  });
}
