import { admit } from "@/app/api/admit";
import { respond } from "@/app/api/respond";
import { fileResponse } from "@/app/file-response";
import { badgeSvg } from "@/components/share/badge-svg";
import { readModelStanding } from "@/lib/pages/read-standing";

/** GET /media/models/{slug}/badge.svg: a listed model's rank, for a README. */
export function GET(request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  return respond(request, async () => {
    await admit(request, "site.read");
    const model = await readModelStanding({ slug: (await params).slug });
    return fileResponse(badgeSvg(model), "image/svg+xml; charset=utf-8");
  });
}
