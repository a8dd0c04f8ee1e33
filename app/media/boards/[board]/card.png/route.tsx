import { admit } from "@/app/api/admit";
import { respond } from "@/app/api/respond";
import { shareImage } from "@/app/share-image";
import { siteName } from "@/app/site-look";
import { BoardShareCard } from "@/components/share/share-card";
import { readBoardStanding } from "@/lib/pages/read-standing";

/** Models on the card. */
const LEADERS = 5;

/** GET /media/boards/{board}/card.png: what other sites show beside a link to a board that everyone sees. */
export function GET(request: Request, { params }: { params: Promise<{ board: string }> }): Promise<Response> {
  return respond(request, async () => {
    await admit(request, "site.read");
    const board = await readBoardStanding({ slug: (await params).board, leaders: LEADERS });
    const site = await siteName();
    return shareImage(JSON.stringify([board, site]), <BoardShareCard board={board} site={site} />);
  });
}
