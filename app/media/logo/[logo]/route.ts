import { respond } from "@/app/api/respond";
import { readLogo } from "@/lib/settings/logo";
import { imageResponse } from "../../image-response";

/** GET /media/logo/{logo}: the site's logo. */
export function GET(request: Request, { params }: { params: Promise<{ logo: string }> }): Promise<Response> {
  return respond(request, async () => imageResponse(await readLogo((await params).logo), "public"));
}
