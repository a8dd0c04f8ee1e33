import { admit } from "@/app/api/admit";
import { readQuery, respond } from "@/app/api/respond";
import { readSampleImage } from "@/lib/runs/read-sample-image";
import { openRunLink } from "@/lib/runs/run-links";
import { imageResponse } from "../../../image-response";
import { SAMPLE_SECONDS, sampleImageQuery } from "../../../sample-image";

/** GET /media/shared/{token}/{sampleId}?size=page|whole|still&blurred=yes|no: a sample of the run that a secret link shows, re-encoded. */
export function GET(
  request: Request,
  { params }: { params: Promise<{ token: string; sampleId: string }> },
): Promise<Response> {
  return respond(request, async () => {
    await admit(request, "links.open");
    const { token, sampleId } = await params;
    const ask = readQuery(request, sampleImageQuery);
    const { runId: linkedRun } = await openRunLink(token);
    const image = await readSampleImage({ ...ask, sampleId, voterId: null, linkedRun });
    return imageResponse(image, "private", SAMPLE_SECONDS);
  });
}
