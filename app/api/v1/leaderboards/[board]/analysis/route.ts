import { z } from "zod";
import { withAnalysisTexts } from "@/components/leaderboard/analysis-text";
import { readBoardAnalysis } from "@/lib/pages/read-board-analysis";
import { json, readQuery, respond } from "../../../../respond";

const query = z.object({ category: z.string().max(100).optional() });

/** GET /api/v1/leaderboards/{board}/analysis?category= */
export function GET(request: Request, { params }: { params: Promise<{ board: string }> }): Promise<Response> {
  return respond(request, async () =>
    json(withAnalysisTexts(await readBoardAnalysis({ ...(await params), ...readQuery(request, query) }))),
  );
}
