import { admit } from "@/app/api/admit";
import { respond } from "@/app/api/respond";
import { fileResponse } from "@/app/file-response";
import { siteName } from "@/app/site-look";
import { modelCard, CARD_BACKGROUND } from "@/components/share/share-card";
import { drawShareCard } from "@/lib/pages/draw-share-card";
import { readModelStanding } from "@/lib/pages/read-standing";

/** GET /media/models/{slug}/card.png: what other sites show beside a link to a listed model. */
export function GET(request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  return respond(request, async () => {
    await admit(request, "site.read");
    const model = await readModelStanding({ slug: (await params).slug });
    const marks = modelCard(model, await siteName());
    return fileResponse(await drawShareCard(marks, CARD_BACKGROUND), "image/png");
  });
}
