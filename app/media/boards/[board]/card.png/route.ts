import { admit } from "@/app/api/admit";
import { respond } from "@/app/api/respond";
import { fileResponse } from "@/app/file-response";
import { siteName } from "@/app/site-look";
import { boardCard, CARD_BACKGROUND } from "@/components/share/share-card";
import { drawShareCard } from "@/lib/pages/draw-share-card";
import { readBoardStanding } from "@/lib/pages/read-standing";

/** Models on the card. */
const LEADERS = 5;

/** GET /media/boards/{board}/card.png: what other sites show beside a link to a board that everyone sees. */
export function GET(request: Request, { params }: { params: Promise<{ board: string }> }): Promise<Response> {
  return respond(request, async () => {
    await admit(request, "site.read");
    const board = await readBoardStanding({ slug: (await params).board, leaders: LEADERS });
    const marks = boardCard(board, await siteName());
    return fileResponse(await drawShareCard(marks, CARD_BACKGROUND), "image/png");
  });
}
