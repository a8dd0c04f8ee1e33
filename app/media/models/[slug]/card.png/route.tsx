import { admit } from "@/app/api/admit";
import { respond } from "@/app/api/respond";
import { shareImage } from "@/app/share-image";
import { siteName } from "@/app/site-look";
import { ModelShareCard } from "@/components/share/share-card";
import { readModelStanding } from "@/lib/pages/read-standing";

/** GET /media/models/{slug}/card.png: what other sites show beside a link to a listed model. */
export function GET(request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  return respond(request, async () => {
    await admit(request, "site.read");
    const model = await readModelStanding({ slug: (await params).slug });
    const site = await siteName();
    return shareImage(JSON.stringify([model, site]), <ModelShareCard model={model} site={site} />);
  });
}
