import { readSampleImage } from "@/lib/runs/read-sample-image";
import { readSampleSheet } from "@/lib/runs/read-sample-sheet";
import { admit } from "@/app/api/admit";
import { readQuery, respond } from "@/app/api/respond";
import { imageResponse } from "../../image-response";
import { SAMPLE_SECONDS, sampleQuery } from "../../sample-image";

/** GET /media/samples/{sampleId}?size=page|whole|still&blurred=yes|no: a run's sample, re-encoded; "whole" up to 4,096 pixels long, and one that is blurred as it is with "no"; "still" a video's first frame. With `&beside={sampleId}` a video's frames in one image, as they play beside that one. */
export function GET(
  request: Request,
  { params }: { params: Promise<{ sampleId: string }> },
): Promise<Response> {
  return respond(request, async () => {
    const { by } = await admit(request, "site.read");
    const { sampleId } = await params;
    const { beside, ...ask } = readQuery(request, sampleQuery);
    const image =
      beside === undefined
        ? await readSampleImage({ ...ask, sampleId, ...by })
        : await readSampleSheet({ sampleId, beside, ...by });
    // Not for good, as other images: its state may change.
    return imageResponse(image, image.isPublic ? "public" : "private", SAMPLE_SECONDS);
  });
}
