import { readSampleImage } from "@/lib/runs/read-sample-image";
import { respond } from "@/app/api/respond";
import { readVisitor } from "@/app/api/visitor";
import { imageResponse } from "../../image-response";

/** GET /media/samples/{sampleId}: a run's sample, re-encoded. */
export function GET(
  request: Request,
  { params }: { params: Promise<{ sampleId: string }> },
): Promise<Response> {
  return respond(request, async () => {
    const { sampleId } = await params;
    const image = await readSampleImage({ sampleId, voterId: await readVisitor(request) });
    return imageResponse(image, image.isPublic ? "public" : "private");
  });
}
