import { admit } from "@/app/api/admit";
import { respond } from "@/app/api/respond";
import { siteOrigin } from "@/app/api/site-origin";
import { embedPolicy } from "@/app/content-security-policy";
import { siteName } from "@/app/site-look";
import { embeddedBoard } from "@/components/share/embedded-board";
import { env } from "@/lib/env";
import { readBoardStanding } from "@/lib/pages/read-standing";

/** Models in the frame. */
const LEADERS = 10;

/** GET /embed/{board}: a board that everyone sees, for frames of the sites in EMBED_ANCESTORS. */
export function GET(request: Request, { params }: { params: Promise<{ board: string }> }): Promise<Response> {
  return respond(request, async () => {
    await admit(request, "site.read");
    const board = await readBoardStanding({ slug: (await params).board, leaders: LEADERS });
    const site = { origin: siteOrigin(request), name: await siteName() };
    return new Response(embeddedBoard(board, site), {
      headers: {
        "content-type": "text/html; charset=utf-8",
        "cache-control": "public, max-age=60",
        "content-security-policy": embedPolicy(env().EMBED_ANCESTORS),
      },
    });
  });
}
