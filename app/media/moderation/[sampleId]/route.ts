import { readModeratedImage } from "@/lib/moderation/read-moderated-image";
import { admit } from "@/app/api/admit";
import { respond } from "@/app/api/respond";
import { imageResponse } from "../../image-response";

/** GET /media/moderation/{sampleId}: an image that was reported, or whose state was changed, as it is. */
export function GET(
  request: Request,
  { params }: { params: Promise<{ sampleId: string }> },
): Promise<Response> {
  return respond(request, async () => {
    await admit(request, "samples.moderate");
    return imageResponse(await readModeratedImage(await params), "private", 0);
  });
}
