import { admit } from "@/app/api/admit";
import { respond } from "@/app/api/respond";
import { siteOrigin } from "@/app/api/site-origin";
import { fileResponse } from "@/app/file-response";
import { siteName } from "@/app/site-look";
import { boardFeed } from "@/components/share/board-feed";
import { readBoardChanges } from "@/lib/pages/read-board-changes";

/** GET /media/boards/{board}/feed.xml: new models and changed ranks of a board that everyone sees, as an Atom feed. */
export function GET(request: Request, { params }: { params: Promise<{ board: string }> }): Promise<Response> {
  return respond(request, async () => {
    await admit(request, "site.read");
    const changes = await readBoardChanges({ board: (await params).board });
    const site = { origin: siteOrigin(request), name: await siteName() };
    return fileResponse(boardFeed(changes, site), "application/atom+xml; charset=utf-8");
  });
}
