import { z } from "zod";
import { siteName } from "@/app/site-look";
import { CARD_BACKGROUND, personalCard } from "@/components/share/share-card";
import { SalonError } from "@/lib/errors";
import { drawShareCard } from "@/lib/pages/draw-share-card";
import { personalRankingCsv } from "@/lib/pages/personal-ranking-csv";
import { readPersonalRanking } from "@/lib/pages/read-personal-ranking";
import { admit } from "../../../../admit";
import { json, readQuery, respond } from "../../../../respond";

const query = z.object({ format: z.enum(["json", "csv", "png"]).default("json") });

/**
 * GET /api/v1/leaderboards/{board}/personal?format=json|csv|png: a board as the caller's own votes rank it; as a picture to show to
 * others, which has no address of its own.
 */
export function GET(request: Request, { params }: { params: Promise<{ board: string }> }): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "site.read");
    const { format } = readQuery(request, query);
    const { board } = await params;
    const ranking = await readPersonalRanking({ board, by });
    if (format === "json") return json(ranking);
    const name = `${board}-own-ranking`;
    if (format === "csv")
      return download(personalRankingCsv(ranking), "text/csv; charset=utf-8", `${name}.csv`);
    if (ranking.needed > 0)
      throw new SalonError("not_found", `There is no picture yet: ${ranking.needed} votes are missing.`);
    const picture = await drawShareCard(personalCard(ranking, await siteName()), CARD_BACKGROUND);
    return download(picture, "image/png", `${name}.png`);
  });
}

/** What is the caller's alone: kept by nobody on the way. */
function download(body: string | Uint8Array<ArrayBuffer>, type: string, name: string): Response {
  return new Response(body, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${encodeURIComponent(name)}"`,
      "cache-control": "no-store",
    },
  });
}
