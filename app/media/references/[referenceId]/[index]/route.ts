import { z } from "zod";
import { admit } from "@/app/api/admit";
import { respond } from "@/app/api/respond";
import { readReferenceImage } from "@/lib/references/read-reference-image";
import { imageResponse } from "../../../image-response";

const place = z.coerce.number().int().min(0).max(100_000_000);

/** GET /media/references/{referenceId}/{index}: a reference image or video, re-encoded; ?still of a video: its first frame. */
export function GET(
  request: Request,
  { params }: { params: Promise<{ referenceId: string; index: string }> },
): Promise<Response> {
  return respond(request, async () => {
    const { voterId } = await admit(request, "site.read");
    const { referenceId, index } = await params;
    const image = await readReferenceImage({
      referenceId,
      index: place.parse(index),
      still: new URL(request.url).searchParams.has("still"),
      voterId,
    });
    return imageResponse(image, image.isPublic ? "public" : "private");
  });
}
