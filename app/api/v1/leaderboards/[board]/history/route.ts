import { z } from "zod";
import { readRatingHistory } from "@/lib/rankings/rating-history";
import { admit } from "../../../../admit";
import { keptJson } from "../../../../kept-json";
import { readQuery, respond } from "../../../../respond";
import { seenBoard } from "../../../../seen-board";

const query = z.object({ category: z.string().max(100).optional() });

/** GET /api/v1/leaderboards/{board}/history?category= */
export function GET(request: Request, { params }: { params: Promise<{ board: string }> }): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "site.read");
    const board = await seenBoard(by, (await params).board);
    const ask = { board, ...readQuery(request, query) };
    return keptJson(request, JSON.stringify(["history", ask]), async () => readRatingHistory(ask));
  });
}
