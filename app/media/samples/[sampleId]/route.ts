import { readSampleImage } from "@/lib/runs/read-sample-image";
import { admit } from "@/app/api/admit";
import { readQuery, respond } from "@/app/api/respond";
import { imageResponse } from "../../image-response";
import { SAMPLE_SECONDS, sampleImageQuery } from "../../sample-image";

/** GET /media/samples/{sampleId}?size=page|whole&blurred=yes|no: a run's sample, re-encoded; "whole" up to 4,096 pixels long, and one that is blurred as it is with "no". */
export function GET(
  request: Request,
  { params }: { params: Promise<{ sampleId: string }> },
): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "site.read");
    const { sampleId } = await params;
    const ask = readQuery(request, sampleImageQuery);
    const image = await readSampleImage({ ...ask, sampleId, ...by });
    // Not for good, as other images: its state may change.
    return imageResponse(image, image.isPublic ? "public" : "private", SAMPLE_SECONDS);
  });
}
