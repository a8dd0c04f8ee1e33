import { z } from "zod";
import { leaderboardCsv } from "@/lib/leaderboard/leaderboard-csv";
import { readLeaderboard } from "@/lib/leaderboard/read-leaderboard";
import { json, readQuery, respond } from "../../../respond";

const query = z.object({
  category: z.string().max(100).optional(),
  format: z.enum(["json", "csv"]).default("json"),
});

/** GET /api/v1/leaderboards/{board}?category=&format=json|csv */
export function GET(request: Request, { params }: { params: Promise<{ board: string }> }): Promise<Response> {
  return respond(request, async () => {
    const { category, format } = readQuery(request, query);
    const { board } = await params;
    const leaderboard = await readLeaderboard({ board, category });
    if (format === "json") return json(leaderboard);
    const name = category ? `${board}-${category}` : board;
    return new Response(leaderboardCsv(leaderboard), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${encodeURIComponent(name)}.csv"`,
        "cache-control": "no-store",
      },
    });
  });
}
