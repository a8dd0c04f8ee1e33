import { z } from "zod";
import { withTexts } from "@/components/leaderboard/board-text";
import { leaderboardCsv } from "@/lib/pages/leaderboard-csv";
import { readLeaderboard } from "@/lib/pages/read-leaderboard";
import { admit } from "../../../admit";
import { keptJson } from "../../../kept-json";
import { readQuery, respond } from "../../../respond";
import { seenBoard } from "../../../seen-board";

const query = z.object({
  category: z.string().max(100).optional(),
  style: z.enum(["as-voted", "controlled"]).default("as-voted"),
  judge: z.string().max(100).optional(),
  own: z.string().max(2000).optional(),
  prompts: z.string().max(100).optional(),
  format: z.enum(["json", "csv"]).default("json"),
});

/** GET /api/v1/leaderboards/{board}?category=&style=as-voted|controlled&judge=&own=name=formula;...&prompts=&format=json|csv */
export function GET(request: Request, { params }: { params: Promise<{ board: string }> }): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "site.read");
    const { category, style, judge, own, prompts, format } = readQuery(request, query);
    const board = await seenBoard(by, (await params).board);
    const ask = { board, category, style, judge, own, prompts };
    if (format === "json")
      return keptJson(request, JSON.stringify(["leaderboard", ask]), async () =>
        withTexts(await readLeaderboard(ask)),
      );
    const leaderboard = await readLeaderboard(ask);
    const controlled = leaderboard.styleControl?.fitted ? "style-controlled" : null;
    const judged = leaderboard.withJudge?.fitted ? `people-and-${judge}` : null;
    const name = [board, category, judged ?? controlled].filter(Boolean).join("-");
    return new Response(leaderboardCsv(leaderboard), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${encodeURIComponent(name)}.csv"`,
        "cache-control": "no-store",
      },
    });
  });
}
